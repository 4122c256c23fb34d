#include "catalog/backups/retention.h"

namespace catalogd::catalog::backups {

std::vector<std::string> expired(const std::vector<Backup>& backups, const Retention& retention,
                                 std::int64_t now) {
    std::vector<std::string> names;
    std::size_t rank = 0;
    bool proven = false;
    for (const Backup& backup : backups) {
        if (backup.manifest.sha256.empty()) {
            continue;  // nobody knows what it is: not ours to remove
        }
        const bool newest_proven =
            !proven && backup.manifest.proven.has_value() && backup.problem.empty();
        proven = proven || newest_proven;
        const bool old = now - backup.manifest.created > retention.age;
        const bool spare = rank >= retention.count || old;
        if (spare && rank >= retention.generations && !newest_proven) {
            names.push_back(backup.name);
        }
        ++rank;
    }
    return names;
}

}  // namespace catalogd::catalog::backups

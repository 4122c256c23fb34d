#include "actors/backup_list.h"

#include <algorithm>

#include "actors/backups.h"

namespace catalogd::actors {

void BackupList::look() {
    const std::lock_guard one_looks(looking_);
    const auto found = std::make_shared<Look>();
    for (const auto& backup : store_.list()) {
        if (found->newest.backups.size() < most_told) {
            found->newest.backups.push_back(to_message(backup));
        }
        if (backup.manifest.proven && backup.problem.empty()) {
            found->last_proven = std::max(found->last_proven.value_or(0), *backup.manifest.proven);
        }
        ++found->total;
    }
    const std::lock_guard lock(publishing_);
    latest_ = found;
}

std::shared_ptr<const BackupList::Look> BackupList::latest() const {
    const std::lock_guard lock(publishing_);
    return latest_;
}

}  // namespace catalogd::actors

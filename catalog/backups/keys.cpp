#include "catalog/backups/keys.h"

#include <algorithm>

#include "catalog/failure.h"
#include "catalog/key_ring.h"

namespace catalogd::catalog::backups {
namespace {

// A sealed key begins with the identifier of the one that sealed it.
const Sql keys_sql{"backups.keys",
                   "SELECT DISTINCT substr(session_key, 1, 8) FROM clients "
                   "WHERE session_key IS NOT NULL"};

std::vector<Bytes> ids_of(Connection& connection) {
    std::vector<Bytes> ids;
    Run run(connection, keys_sql);
    while (run.step()) {
        ids.push_back(run.bytes());
    }
    std::ranges::sort(ids);
    return ids;
}

std::vector<std::string> named(const std::vector<Bytes>& ids) {
    std::vector<std::string> names;
    std::ranges::transform(ids, std::back_inserter(names), key_name);
    return names;
}

}  // namespace

std::vector<std::string> keys_of(Connection& connection) {
    return named(ids_of(connection));
}

void check_keys(const std::string& copy, const std::string& name,
                const std::function<bool(const Bytes& key_id)>& is_here) {
    CopyConnection connection(copy, {});
    std::vector<Bytes> missing = ids_of(connection);
    std::erase_if(missing, is_here);
    if (!missing.empty()) {
        throw BackupKeysMissing{{}, name, named(missing)};
    }
}

}  // namespace catalogd::catalog::backups

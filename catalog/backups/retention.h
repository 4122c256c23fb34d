// Which backups are kept, and which go.
#pragma once

#include "catalog/backups/store.h"

namespace catalogd::catalog::backups {

// What stays of the backups: the newest `generations` and the newest that was proven always, and of
// the others the newest up to `count` of all that are not older than `age`.
struct Retention {
    std::size_t generations = 3;
    std::size_t count = 14;
    std::int64_t age = std::int64_t{30} * 24 * 60 * 60 * 1000;  // milliseconds
    bool operator==(const Retention&) const = default;
};

// Which of them go, given in order from the newest on.
std::vector<std::string> expired(const std::vector<Backup>& backups, const Retention& retention,
                                 std::int64_t now);

}  // namespace catalogd::catalog::backups

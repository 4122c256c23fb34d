// Taking a backup, while writers go on.
#pragma once

#include "catalog/backups/store.h"

namespace catalogd::catalog::backups {

// Everything that was committed when it begins is in it, and nothing after. It is read in one
// snapshot of `source`, so the write-ahead log grows meanwhile; it has been checked, and is on the
// disk, when it gets its name. Whatever it ends in, nothing unfinished stays.
//
// Throws UnfitBackupName, DiskTooSmall, Stopped, Unusable.
Backup take(Connection& source, const Store& store, const std::string& name, std::int64_t now,
            const Slices& slices);

}  // namespace catalogd::catalog::backups

// Restoring while no daemon runs: on an empty machine, or where the daemon cannot start.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/slices.h"

namespace catalogd::catalog::backups {

struct OfflineRestore {
    std::string file;      // the backup's, wherever it lies; what was noted of it is beside it
    std::string database;  // made where there is none
    std::string key_file;
    std::string folder;  // for the backup of the catalog that is there
    bool without_keys = false;
    std::int64_t now = 0;
};

struct OfflineRestored {
    bool noted = false;                    // whether the backup was compared with what was noted
    std::int64_t schema_version = 0;       // of the catalog now
    std::optional<std::string> previous;   // the backup of the catalog that was there
    std::optional<std::string> set_aside;  // where the database is that could not be opened
};

// Holds the database's lock, so that no daemon can start meanwhile. A kill at any moment leaves the
// old catalog or the new one; of a database that cannot be opened its files may have been renamed.
// Throws BackupDamaged, UnfitBackup, BackupKeysMissing, DiskTooSmall, Unusable.
OfflineRestored restore_offline(const OfflineRestore& order, const Slices& slices);

}  // namespace catalogd::catalog::backups

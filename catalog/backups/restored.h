// A backup restored to a scratch file, checked there, and found to be what was taken.
#pragma once

#include <optional>

#include "catalog/backups/store.h"

namespace catalogd::catalog::backups {

// A backup's file, wherever it lies.
struct BackupFile {
    std::string name;  // as its user calls it
    std::string path;
    std::optional<Manifest> manifest;  // empty: nothing was noted of it, or it is lost
};

// Restores to `scratch`, a new file, which is then a catalog that nobody has open. Throws
// BackupDamaged with what is wrong first, Stopped, Unusable.
void restore_to_scratch(const BackupFile& backup, const std::string& scratch, const Slices& slices);

// One of the store's. Throws UnknownBackup and DiskTooSmall too, and BackupDamaged where nothing is
// noted of it.
void restore_to_scratch(const Store& store, const Backup& backup, const std::string& scratch,
                        const Slices& slices);

// Restores it, and notes that this has worked.
Backup prove(const Store& store, const std::string& name, std::int64_t now, const Slices& slices);

}  // namespace catalogd::catalog::backups

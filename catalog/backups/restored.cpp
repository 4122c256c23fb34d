#include "catalog/backups/restored.h"

#include <sqlite3.h>

#include "catalog/backups/check.h"
#include "catalog/backups/file_hash.h"
#include "catalog/backups/scratch_folder.h"
#include "catalog/failure.h"

namespace catalogd::catalog::backups {
namespace {

// What SQLite says of a file that is none of its own, or whose pages do not fit together.
bool tells_of_damage(const SQLite::Exception& failure) {
    switch (failure.getErrorCode() & 0xFF) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_ERROR:  // a statement that does not fit the schema
            return true;
        default:
            return false;
    }
}

// Empty where it is the catalog that was noted.
std::string unlike_noted(CopyConnection& copy, const Manifest& noted, const Slices& slices) {
    if (copy.query_integer("PRAGMA user_version") != noted.schema_version) {
        return "its schema has another version than was noted";
    }
    return difference(noted.tables, digests(copy, slices));
}

std::string look_for_fault(const BackupFile& backup, const std::string& scratch,
                           const Slices& slices) {
    try {
        CopyConnection copy(scratch, slices);
        // It may have been copied from a database in use; here it shall be a file alone.
        copy.database().exec("PRAGMA journal_mode = DELETE");
        const std::string fault =
            fault_of(copy, backup.manifest ? References::as_they_are : References::checked);
        return fault.empty() && backup.manifest ? unlike_noted(copy, *backup.manifest, slices)
                                                : fault;
    } catch (const SQLite::Exception& failure) {
        if (tells_of_damage(failure)) {
            return failure.what();
        }
        throw;
    }
}

}  // namespace

void restore_to_scratch(const BackupFile& backup, const std::string& scratch,
                        const Slices& slices) {
    const std::string hash = copy_file(backup.path, scratch, slices.part(0, 0.4));
    if (backup.manifest && hash != backup.manifest->sha256) {
        throw BackupDamaged{
            {}, backup.name, "its SHA-256 is " + hash + ", and another one was noted"};
    }
    if (std::string fault = look_for_fault(backup, scratch, slices.part(0.6, 1)); !fault.empty()) {
        throw BackupDamaged{{}, backup.name, std::move(fault)};
    }
}

void restore_to_scratch(const Store& store, const Backup& backup, const std::string& scratch,
                        const Slices& slices) {
    if (!backup.problem.empty()) {
        throw BackupDamaged{{}, backup.name, backup.problem};
    }
    store.check_room(backup.manifest.bytes);
    restore_to_scratch(BackupFile{backup.name, store.path(backup.name), backup.manifest}, scratch,
                       slices);
}

Backup prove(const Store& store, const std::string& name, std::int64_t now, const Slices& slices) {
    Backup backup = store.find(name);
    const ScratchFolder folder(store.scratch("proof"));
    restore_to_scratch(store, backup, folder.file("copy"), slices);
    store.note_proven(backup, now);
    backup.manifest.proven = now;
    return backup;
}

}  // namespace catalogd::catalog::backups

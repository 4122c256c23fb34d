#include "catalog/backups/take.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "catalog/backups/check.h"
#include "catalog/backups/file_hash.h"
#include "catalog/backups/keys.h"
#include "catalog/backups/pages.h"
#include "catalog/backups/scratch_folder.h"
#include "catalog/durable_file.h"
#include "catalog/failure.h"

namespace catalogd::catalog::backups {
namespace {

std::int64_t size_of(Connection& connection) {
    return connection.query_integer("PRAGMA page_count") *
           connection.query_integer("PRAGMA page_size");
}

// What the catalog holds, noted in the same snapshot that is copied.
Manifest copy_snapshot(Connection& source, const Store& store, CopyConnection& copy,
                       const Slices& slices) {
    const Snapshot snapshot(source);
    source.query_integer("SELECT count(*) FROM sqlite_schema");  // it begins with the first read
    store.check_room(size_of(source));
    PageCopy pages(copy, source);
    while (!pages.step()) {
        slices.next(pages.done() / 2);
    }
    Manifest manifest;
    manifest.schema_version = source.query_integer("PRAGMA user_version");
    manifest.keys = keys_of(source);
    manifest.tables = digests(source, slices.part(0.5, 1));
    return manifest;
}

Manifest copy_and_check(Connection& source, const Store& store, const std::string& file,
                        const Slices& slices) {
    CopyConnection copy(file, slices);
    copy.database().exec("PRAGMA journal_mode = OFF");  // nobody wants half of it back
    Manifest manifest = copy_snapshot(source, store, copy, slices);
    // A database in WAL mode would, once opened, leave files beside it.
    copy.database().exec("PRAGMA journal_mode = DELETE");
    if (const std::string fault = fault_of(copy, References::as_they_are); !fault.empty()) {
        throw Unusable(Unusable::Kind::damaged, "the copy of the catalog is not sound: " + fault);
    }
    return manifest;
}

std::int64_t file_size(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_size : 0;
}

}  // namespace

Backup take(Connection& source, const Store& store, const std::string& name, std::int64_t now,
            const Slices& slices) {
    store.check_free(name);
    const ScratchFolder folder(store.scratch("taken"));
    const std::string file = folder.file("copy");
    write_new_file(file, {}, 0600);  // SQLite would let others read it
    Backup backup{name, {}, {}};
    try {
        backup.manifest = copy_and_check(source, store, file, slices.part(0, 0.6));
    } catch (const SQLite::Exception& failure) {
        if ((failure.getErrorCode() & 0xFF) == SQLITE_FULL) {
            throw DiskTooSmall{{}, "the disk was full before the copy was complete"};
        }
        if ((failure.getErrorCode() & 0xFF) == SQLITE_INTERRUPT && slices.stopped()) {
            throw Stopped{};
        }
        throw;
    }
    backup.manifest.created = now;
    backup.manifest.bytes = file_size(file);
    backup.manifest.sha256 = hash_file(file, slices.part(0.8, 1));
    store.add(file, backup);
    return backup;
}

}  // namespace catalogd::catalog::backups

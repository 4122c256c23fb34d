#include "catalog/catalog.h"

#include <sqlite3.h>
#include <unistd.h>

#include "catalog/failure.h"
#include "catalog/storage.h"

namespace catalogd::catalog {
namespace {

const Sql sealed_with_sql{"sealing.key", "SELECT key_id FROM sealing"};
const Sql note_key_sql{"sealing.note", "INSERT INTO sealing (only_row, key_id) VALUES (1, ?1)"};

// What SQLite could not open, in words for the person who has to act.
Unusable explain(const SQLite::Exception& failure, const std::string& path) {
    switch (failure.getErrorCode() & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: {
            const std::string holder = lock_holder(path);
            return {Unusable::Kind::held, "the database " + path + " is held by " +
                                              (holder.empty() ? "another process" : holder)};
        }
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return {Unusable::Kind::damaged,
                    "the database " + path + " is damaged or not one: " + failure.what()};
        default:
            return {Unusable::Kind::unwritable, "the database " + path + ": " + failure.what()};
    }
}

std::unique_ptr<WriteConnection> open_writer(const OpenOptions& options) {
    try {
        return std::make_unique<WriteConnection>(options);
    } catch (const SQLite::Exception& failure) {
        throw explain(failure, options.path);
    }
}

// A -shm file would be a door for other processes; none may be there once the writer has read.
void check_exclusive(const std::string& path) {
    if (::access((path + "-shm").c_str(), F_OK) == 0) {
        throw Unusable(Unusable::Kind::unsupported,
                       path +
                           "-shm is there, which another program has left or uses: other processes "
                           "could write to the database; close that program and remove the file");
    }
}

Sealer open_sealer(WriteConnection& writer, const std::string& key_file) {
    std::optional<Bytes> sealed_with;
    if (Run run(writer, sealed_with_sql); run.step()) {
        sealed_with = run.bytes();
    }
    Sealer sealer = Sealer::open(key_file, sealed_with);
    if (!sealed_with) {
        Run(writer, note_key_sql, Blob{sealer.key_id()}).execute();
    }
    return sealer;
}

Opened open_all(const OpenOptions& options, const std::string& key_file, std::int64_t now) {
    auto writer = open_writer(options);
    const auto steps = migrations();
    Migrated migrated = migrate(*writer, steps, now);
    check_exclusive(options.path);
    Sealer sealer = open_sealer(*writer, key_file);
    writer->note_log_file();
    CaseFolding folding(*writer);
    return {std::move(writer), std::move(sealer), std::move(folding), std::move(migrated)};
}

}  // namespace

Opened open(const OpenOptions& options, const std::string& key_file, std::int64_t now) {
    check_storage(options.path);
    try {
        return open_all(options, key_file, now);
    } catch (const SQLite::Exception& failure) {
        throw explain(failure, options.path);
    }
}

}  // namespace catalogd::catalog

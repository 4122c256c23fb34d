#include "catalog/catalog.h"

#include <sqlite3.h>
#include <unistd.h>

#include <fstream>

#include "catalog/failure.h"
#include "catalog/import/scratch_copy.h"
#include "catalog/resealing.h"
#include "catalog/storage.h"

namespace catalogd::catalog {
namespace {

const Sql anything_sealed_sql{
    "sealing.any", "SELECT EXISTS (SELECT 1 FROM clients WHERE session_key IS NOT NULL)"};

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

bool is_mapped_here(const std::string& path) {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        if (line.ends_with(path)) {
            return true;
        }
    }
    return false;
}

// A program that has only read the stopped database may have left its -shm file. The writer's lock
// keeps everybody out by now, so the file is nobody's; unless our own connection uses it, and then
// that lock does not hold and others could write to the database.
void remove_stale_index(const std::string& path) {
    const std::string index = path + "-shm";
    if (is_mapped_here("/" + index.substr(index.rfind('/') + 1))) {
        throw Unusable(Unusable::Kind::unsupported,
                       "SQLite shares " + index + " with other processes, which could write too");
    }
    ::unlink(index.c_str());
}

// A catalog in which nothing is sealed takes any key.
Sealer open_sealer(WriteConnection& writer, const KeyFile& key_file) {
    const auto noted = resealing::noted_key(writer);
    Run anything_sealed(writer, anything_sealed_sql);
    const bool needed = anything_sealed.step() && anything_sealed.integer() != 0;
    Sealer sealer = Sealer::open(key_file, needed ? noted : std::nullopt);
    if (!needed && sealer.refusal().empty() && noted != sealer.key_id()) {
        resealing::note_key(writer, sealer.key_id());
    }
    return sealer;
}

Opened open_all(const OpenOptions& options, const KeyFile& key_file, std::int64_t now) {
    auto writer = open_writer(options);
    remove_stale_index(options.path);
    import::ScratchCopy::remove_leftovers(options.path);  // of a daemon that was killed
    const auto steps = migrations();
    Migrated migrated = migrate(*writer, steps, now);
    Sealer sealer = open_sealer(*writer, key_file);
    writer->note_log_file();
    if (options.statistics != nullptr) {
        options.statistics->load(*writer);
    }
    CaseFolding folding(*writer);
    settings::Values settings = settings::read_all(*writer);
    const Shape shape = read_shape(*writer);
    return {std::move(writer),   std::move(sealer),   std::move(folding),
            std::move(migrated), std::move(settings), shape};
}

}  // namespace

Opened open(const OpenOptions& options, const KeyFile& key_file, std::int64_t now) {
    check_storage(options.path);
    try {
        return open_all(options, key_file, now);
    } catch (const SQLite::Exception& failure) {
        throw explain(failure, options.path);
    }
}

}  // namespace catalogd::catalog

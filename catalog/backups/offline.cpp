#include "catalog/backups/offline.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "catalog/backups/fit.h"
#include "catalog/backups/keys.h"
#include "catalog/backups/restored.h"
#include "catalog/backups/scratch_folder.h"
#include "catalog/backups/swap.h"
#include "catalog/backups/take.h"
#include "catalog/durable_file.h"
#include "catalog/failure.h"
#include "catalog/migrations.h"
#include "catalog/storage.h"

namespace catalogd::catalog::backups {
namespace {

namespace fs = std::filesystem;

// What a catalog has whose page size nobody has chosen otherwise.
constexpr std::int64_t usual_page_size = 4096;

// The daemon could not open what another user has made in its folder.
void check_owner(const std::string& database) {
    struct stat status{};
    if (::stat(folder_of(database).c_str(), &status) == 0 && status.st_uid != ::geteuid()) {
        throw Unusable(Unusable::Kind::unwritable,
                       "the folder of " + database + " belongs to user " +
                           std::to_string(status.st_uid) + ": run this as that user");
    }
}

void check_file(const OfflineRestore& order) {
    std::error_code none;
    if (!fs::is_regular_file(order.file, none)) {
        throw UnknownBackup{{}, order.file};
    }
    if (fs::equivalent(order.file, order.database, none)) {
        throw UnfitBackup{{}, "it is the database itself"};
    }
    if (const auto log = fs::file_size(order.file + "-wal", none); !none && log > 0) {
        throw UnfitBackup{{}, "it is a database with a write-ahead log beside it, and no backup"};
    }
}

bool is_damage(int code) {
    return code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
}

// Empty where there is no catalog that SQLite could open. Throws Unusable where it is held.
std::unique_ptr<WriteConnection> open(const std::string& database) {
    if (const std::string holder = lock_holder(database); !holder.empty()) {
        throw Unusable(Unusable::Kind::held, "the database " + database + " is held by " + holder);
    }
    OpenOptions options;
    options.path = database;
    try {
        return std::make_unique<WriteConnection>(options);
    } catch (const SQLite::Exception& failure) {
        if (is_damage(failure.getErrorCode() & 0xFF)) {
            return nullptr;
        }
        throw Unusable(Unusable::Kind::unwritable,
                       "the database " + database + ": " + failure.what());
    }
}

bool holds_a_catalog(WriteConnection& catalog) {
    return catalog.query_integer("PRAGMA user_version") > 0;
}

// Empty where what is there cannot be read as a whole.
std::optional<std::string> keep(WriteConnection& catalog, const OfflineRestore& order,
                                const Slices& slices) {
    const Store store(order.folder, 0);
    std::string name = store.free_name("before-restore", order.now);
    try {
        take(catalog, store, name, order.now, slices);
        return name;
    } catch (const SQLite::Exception& failure) {
        if (is_damage(failure.getErrorCode() & 0xFF)) {
            return {};
        }
        throw;
    } catch (const Unusable& failure) {
        if (failure.kind == Unusable::Kind::damaged) {
            return {};
        }
        throw;
    }
}

void replace(WriteConnection& catalog, const std::string& copy, const Slices& slices) {
    Swap swap(catalog, copy);
    for (bool done = false; !done;) {
        done = swap.step();
        slices.next(done ? 1 : swap.done());
    }
}

// The log goes first: beside another database it would be taken for that one's.
std::string set_aside(const std::string& database, std::int64_t now) {
    const std::string aside = database + ".damaged-" + std::to_string(now);
    std::error_code none;
    fs::rename(database + "-wal", aside + "-wal", none);
    rename_durably(database, aside);
    return aside;
}

// Of the one that is there; nothing where it is older than its log.
audit::Link last_entry(WriteConnection& catalog) {
    const auto newest = static_cast<std::int64_t>(migrations().size());
    return catalog.query_integer("PRAGMA user_version") == newest ? audit::last_link(catalog)
                                                                  : audit::Link{};
}

audit::Act act_of() {
    return {{std::int64_t{::geteuid()}, std::int64_t{::getpid()}},
            "io.catalogd.Admin.Restore",
            "offline",
            "ok"};
}

// What was there is kept as a backup, or aside; `catalog` is then open, and may be overwritten.
void make_way(std::unique_ptr<WriteConnection>& catalog, const OfflineRestore& order,
              const std::string& copy, OfflineRestored& result, const Slices& slices) {
    if (catalog && holds_a_catalog(*catalog)) {
        result.previous = keep(*catalog, order, slices);
        if (result.previous) {
            begin_log(copy, last_entry(*catalog), act_of(), order.now);
        } else {
            catalog->abandon();
            catalog.reset();
        }
    }
    if (!catalog) {
        if (fs::exists(order.database)) {
            result.set_aside = set_aside(order.database, order.now);
        }
        catalog = open(order.database);
    }
}

}  // namespace

OfflineRestored restore_offline(const OfflineRestore& order, const Slices& slices) {
    check_storage(order.database);
    check_owner(order.database);
    check_file(order);
    OfflineRestored result;
    const bool was_there = fs::exists(order.database);
    auto catalog = was_there ? open(order.database) : nullptr;
    const ScratchFolder folder(order.database + ".restoring");
    const std::string copy = folder.file("copy");
    const BackupFile backup{order.file, order.file, read_manifest(manifest_beside(order.file))};
    result.noted = backup.manifest.has_value();
    restore_to_scratch(backup, copy, slices.part(0, 0.5));
    fit(copy, catalog ? catalog->query_integer("PRAGMA page_size") : usual_page_size, order.now,
        slices);
    if (!order.without_keys) {
        const auto keys = KeyRing::read({order.key_file});
        check_keys(copy, order.file,
                   [&](const Bytes& id) { return keys && keys->find(id) != nullptr; });
    }
    make_way(catalog, order, copy, result, slices.part(0.5, 0.8));
    replace(*catalog, copy, slices.part(0.8, 1));
    result.schema_version = catalog->query_integer("PRAGMA user_version");
    return result;
}

}  // namespace catalogd::catalog::backups

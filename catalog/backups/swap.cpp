#include "catalog/backups/swap.h"

#include <sqlite3.h>
#include <unistd.h>

#include "catalog/failure.h"
#include "catalog/migrations.h"

namespace catalogd::catalog::backups {
namespace {

std::int64_t schema_of(CopyConnection& copy) {
    return copy.query_integer("PRAGMA user_version");
}

void change_page_size(CopyConnection& copy, std::int64_t page_size) {
    if (copy.query_integer("PRAGMA page_size") != page_size) {
        copy.database().exec("PRAGMA page_size = " + std::to_string(page_size) + "; VACUUM");
    }
}

void bring_up_to_date(const std::string& copy, std::int64_t now) {
    OpenOptions options;
    options.path = copy;
    WriteConnection connection(options);
    if (const auto before = migrate(connection, migrations(), now).backup) {
        ::unlink(before->c_str());  // what it was before is the backup itself
    }
}

}  // namespace

void fit(const std::string& copy, std::int64_t page_size, std::int64_t now, const Slices& slices) {
    const auto newest = static_cast<std::int64_t>(migrations().size());
    std::int64_t schema = 0;
    {
        CopyConnection connection(copy, slices);
        schema = schema_of(connection);
        if (schema > newest) {
            throw UnfitBackup{{},
                              "it has schema " + std::to_string(schema) +
                                  ", and this program knows schemas up to " +
                                  std::to_string(newest) + "; run a newer one"};
        }
        change_page_size(connection, page_size);
    }
    if (schema < newest) {
        bring_up_to_date(copy, now);
    }
}

Swap::Swap(WriteConnection& catalog, const std::string& copy)
    : catalog_(catalog), copy_(copy, {}), pages_(catalog, copy_) {}

bool Swap::step() {
    const bool commits = pages_.last_is_next();
    try {
        if (!pages_.step()) {
            return false;
        }
    } catch (const SQLite::Exception& failure) {
        if (commits && (failure.getErrorCode() & 0xFF) != SQLITE_FULL) {
            throw CommitUnknown(failure.getErrorStr());
        }
        throw;
    }
    catalog_.note_replaced();
    return true;
}

}  // namespace catalogd::catalog::backups

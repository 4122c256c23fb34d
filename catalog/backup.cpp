#include "catalog/backup.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>
#include <unistd.h>

#include "catalog/durable_file.h"
#include "catalog/failure.h"

namespace catalogd::catalog {
namespace {

bool is_sound(SQLite::Database& copy) {
    SQLite::Statement check(copy, "PRAGMA integrity_check");
    return check.executeStep() && check.getColumn(0).getString() == "ok";
}

// Whether a copy of this catalog in its present schema is there: an empty file is sound too.
bool is_there(Connection& connection, const std::string& path) {
    try {
        SQLite::Database copy(path, SQLite::OPEN_READONLY);
        const auto same = [&](const char* pragma) {
            return copy.execAndGet(pragma).getInt64() == connection.query_integer(pragma);
        };
        return same("PRAGMA application_id") && same("PRAGMA user_version") && is_sound(copy);
    } catch (const SQLite::Exception&) {
        return false;
    }
}

void copy_to(Connection& connection, const std::string& path) {
    SQLite::Database copy(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    if (SQLite::Backup(copy, connection.database()).executeStep(-1) != SQLITE_DONE) {
        throw SQLite::Exception("the copy was not finished", SQLITE_BUSY);
    }
    // The copy of a database in WAL mode is one too: opened, it would leave files beside it.
    copy.exec("PRAGMA journal_mode = DELETE");
    if (!is_sound(copy)) {
        throw Unusable(Unusable::Kind::damaged, "the copy " + path + " is not sound");
    }
}

}  // namespace

std::string copy_of_schema(const std::string& database, std::int64_t version) {
    return database + ".schema-" + std::to_string(version);
}

void back_up_once(Connection& connection, const std::string& path) {
    if (!is_there(connection, path)) {
        back_up(connection, path);
    }
}

void back_up(Connection& connection, const std::string& path) {
    const std::string unfinished = path + ".unfinished";
    ::unlink(unfinished.c_str());
    try {
        copy_to(connection, unfinished);
        rename_durably(unfinished, path);
    } catch (const SQLite::Exception& failure) {
        ::unlink(unfinished.c_str());
        throw Unusable(Unusable::Kind::unwritable, unfinished + ": " + failure.what());
    } catch (const Unusable&) {
        ::unlink(unfinished.c_str());
        throw;
    }
}

}  // namespace catalogd::catalog

#include "catalog/failure.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace catalogd::catalog {
namespace {

using Kind = DatabaseFault::Kind;

Kind kind_of(int extended) {
    switch (extended & 0xFF) {
        case SQLITE_FULL:
            return Kind::disk_full;
        case SQLITE_READONLY:
            return Kind::read_only;
        case SQLITE_INTERRUPT:
            return Kind::interrupted;
        default:
            return Kind::other;
    }
}

}  // namespace

std::optional<DatabaseFault> current_database_fault() {
    try {
        throw;
    } catch (const SQLite::Exception& failure) {
        const int code = failure.getExtendedErrorCode();
        return DatabaseFault{kind_of(code),
                             std::string(failure.what()) + " (" + std::to_string(code) + ")"};
    } catch (...) {
        return {};
    }
}

}  // namespace catalogd::catalog

#include "catalog/backups/check.h"

#include "catalog/page_cache.h"

namespace catalogd::catalog::backups {
namespace {

std::string broken_reference(CopyConnection& copy) {
    SQLite::Statement check(copy.database(), "PRAGMA foreign_key_check");
    if (!check.executeStep()) {
        return {};
    }
    return "row " + std::to_string(check.getColumn(1).getInt64()) + " of table " +
           check.getColumn(0).getString() + " refers to a row of " +
           check.getColumn(2).getString() + " that is not there";
}

}  // namespace

std::string fault_of(CopyConnection& copy, References references) {
    const PauseBetweenPages pause([&] { static_cast<void>(copy.slices().stopped()); });
    if (copy.query_integer("PRAGMA application_id") != application_id) {
        return "it is no catalog of catalogd";
    }
    if (std::string found = copy.query_text("PRAGMA integrity_check(1)"); found != "ok") {
        return found;
    }
    return references == References::checked ? broken_reference(copy) : std::string();
}

}  // namespace catalogd::catalog::backups

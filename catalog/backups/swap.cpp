#include "catalog/backups/swap.h"

#include <sqlite3.h>

#include "catalog/failure.h"

namespace catalogd::catalog::backups {
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

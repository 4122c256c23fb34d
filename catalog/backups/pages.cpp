#include "catalog/backups/pages.h"

#include <sqlite3.h>

namespace catalogd::catalog::backups {
namespace {

constexpr int pages_in_slice = 64;

}  // namespace

PageCopy::PageCopy(Connection& to, Connection& from) : backup_(to.database(), from.database()) {
    copy(0);  // how much there is to copy is known from here on
}

bool PageCopy::step() {
    return copy(pages_in_slice);
}

bool PageCopy::copy(int pages) {
    const int status = backup_.executeStep(pages);  // throws but where it is busy
    if (status != SQLITE_OK && status != SQLITE_DONE) {
        throw SQLite::Exception("the pages cannot be copied: the database is in use", status);
    }
    return status == SQLITE_DONE;
}

double PageCopy::done() const {
    const int all = backup_.getTotalPageCount();
    return all > 0 ? 1 - static_cast<double>(backup_.getRemainingPageCount()) / all : 1;
}

bool PageCopy::last_is_next() const {
    return backup_.getRemainingPageCount() <= pages_in_slice;
}

}  // namespace catalogd::catalog::backups

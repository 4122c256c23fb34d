// Copying a catalog page by page, in slices: the one way in which backups are taken and restored.
#pragma once

#include <SQLiteCpp/Backup.h>

#include "catalog/connection.h"

namespace catalogd::catalog::backups {

class PageCopy {
public:
    // `to` becomes equal to `from`, in one transaction that its last step commits. Where `from` may
    // change meanwhile, it must be in a transaction of its own.
    PageCopy(Connection& to, Connection& from);

    // One slice, a few milliseconds. True: all is copied.
    bool step();
    [[nodiscard]] double done() const;
    // Whether the next step is the one that commits.
    [[nodiscard]] bool last_is_next() const;

private:
    bool copy(int pages);

    SQLite::Backup backup_;
};

}  // namespace catalogd::catalog::backups

// Putting a copy in the place of the catalog that the writer has open: through SQLite, never by
// renaming files, which would mix one database with the other's log.
#pragma once

#include "catalog/backups/pages.h"

namespace catalogd::catalog::backups {

// One transaction of the writer's connection, in slices; all on the writer's thread. The connection
// must be held from before the first slice until the object is gone. Readers keep their snapshots,
// and a kill at any moment leaves the old catalog or the new one.
class Swap {
public:
    Swap(WriteConnection& catalog, const std::string& copy);

    // One slice. True: the new catalog is there, and on the disk. Throws CommitUnknown where only
    // the next start can tell; any other exception has left the old one.
    bool step();
    [[nodiscard]] double done() const { return pages_.done(); }

private:
    WriteConnection& catalog_;
    CopyConnection copy_;
    PageCopy pages_;
};

}  // namespace catalogd::catalog::backups

// Looking after the file: giving space back to the system, in slices or by writing it anew, and
// what SQLite's planner knows of it.
#pragma once

#include "catalog/transaction.h"

namespace catalogd::catalog {

struct Space {
    std::int64_t page_size = 0;
    std::int64_t pages = 0;
    std::int64_t free_pages = 0;  // hold nothing
    [[nodiscard]] std::int64_t bytes() const { return pages * page_size; }
    [[nodiscard]] std::int64_t free_bytes() const { return free_pages * page_size; }
};
Space space_of(Connection& connection);

// What the file would have if it were written anew: reads all of it, but its largest values.
std::int64_t bytes_if_rewritten(Connection& connection);

// So many free pages at most become the system's at the next checkpoint. How many are left.
std::int64_t give_back(WriteTransaction& transaction, std::int64_t pages);

// Has SQLite look again at what its planner goes by, where a table has become another one since; it
// reads some hundreds of rows of an index. How many figures there are.
std::int64_t refresh_statistics(WriteTransaction& transaction);

// A copy without any space to spare, in a file that is not there yet; `source` is held by nobody
// else who writes.
void rewrite(MaintenanceConnection& source, const std::string& file);

}  // namespace catalogd::catalog

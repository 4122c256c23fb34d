// Whether the catalog holds together: its pages, and what its rows refer to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/connection.h"

namespace catalogd::catalog {

// A row that refers to a row that is not there.
struct Violation {
    std::string table;
    std::optional<std::int64_t> row;  // empty where the table has no such numbers
    std::string parent;
    bool operator==(const Violation&) const = default;
};

struct Violations {
    std::int64_t count = 0;
    std::vector<Violation> first;  // as many as a person looks at
};

// One table after the other, each a slice.
Violations find_violations(Connection& connection, const Slices& slices);

// What SQLite finds wrong with the file, in its words; empty where nothing is. The whole check
// compares indexes with their tables and takes ten times as long. One slice: its statement ends
// when the connection's deadline says so, which it is not asked between two pages; `slices` is.
std::vector<std::string> find_faults(Connection& connection, bool whole, const Slices& slices);

}  // namespace catalogd::catalog

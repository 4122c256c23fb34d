// What a catalog is made of, whatever is in it: the same for as long as it is open.
#pragma once

#include <cstdint>

namespace catalogd::catalog {

class Connection;

struct Shape {
    std::int64_t tables = 0;
    std::int64_t indexes = 0;
    std::int64_t schema_version = 0;
};

Shape read_shape(Connection& connection);

}  // namespace catalogd::catalog

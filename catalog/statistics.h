// The catalog's figures as one snapshot has them, however large it is.
#pragma once

#include <optional>

#include "catalog/search/index.h"

namespace catalogd::catalog {

struct Statistics {
    Summary summary;
    std::optional<std::int64_t> smallest_size;
    std::optional<std::int64_t> largest_size;
    // Of the files on the disk, and what a vacuum would free of them; bytes.
    std::int64_t database_bytes = 0;
    std::int64_t log_bytes = 0;
    std::int64_t free_bytes = 0;
};

Statistics read_statistics(Connection& connection, search::Index& index);

}  // namespace catalogd::catalog

// The smallest and the largest size of all records, without reading them.
#pragma once

#include <optional>

#include "catalog/search/index.h"

namespace catalogd::catalog::search {

// Empty where no record has a size.
struct SizeRange {
    std::optional<std::int64_t> smallest;
    std::optional<std::int64_t> largest;
};

// The connection must be in a transaction.
SizeRange size_range(Connection& connection, Index& index, const IndexState& state);

// Of the records that are not in the index, or not as they are: reads them.
SizeRange loose_sizes(Connection& connection, std::int64_t indexed_to);

}  // namespace catalogd::catalog::search

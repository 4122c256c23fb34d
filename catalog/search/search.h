// Finding file records by what is in their names and paths, and by their figures, in any order.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "catalog/search/filter.h"
#include "catalog/search/index.h"

namespace catalogd::catalog::search {

// Ties go by client identifier, then by name. Records without the figure come last.
enum class Order { newest, oldest, largest, smallest, name, name_descending };

// How far a search has come: everything up to this place of its order has been looked at.
struct Position {
    std::optional<std::int64_t> figure;  // the order's; unused by name
    Id client{};
    std::string name;
};

struct Request {
    const Filter& filter;
    Order order = Order::newest;
    std::optional<Position> after;
    std::int64_t limit = 0;
    // Asked now and then: a page that has taken its time ends with what it has.
    std::function<bool()> time_is_up;
};

struct Page {
    std::vector<OwnedFile> files;
    std::optional<Position> next;  // empty where nothing is left
};

// Both open a snapshot of their own, unless the connection is in a transaction.
Page find(Connection& connection, Index& index, const Request& request);
// How many records the filter admits in all.
std::int64_t count(Connection& connection, Index& index, const Filter& filter);

}  // namespace catalogd::catalog::search

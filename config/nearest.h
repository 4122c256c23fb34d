#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalogd::config {

/// The known name that a mistyped one most likely stands for: the one with the fewest letters
/// inserted, left out, changed or swapped with their neighbours, as its index. None when too little
/// agrees.
std::optional<std::size_t> nearest(std::string_view name, const std::vector<std::string>& known);

struct Known {
    std::vector<std::string> names;    // to compare with
    std::vector<std::string> written;  // the same, as the operator should write them
};

/// How a message about an unknown name goes on: with the nearest name, or else with all of them
/// where they are few. Starts with "; " unless it is empty.
std::string suggestion(std::string_view name, const Known& known);

}  // namespace catalogd::config

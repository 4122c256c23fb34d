// What a caller expects of a reply before it lets its transaction go on.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace catalogd::protocol {

// The first value of `expected` that the reply does not have, as the path to it ("client.name");
// nothing where it has all of them. Objects are compared as subsets, at every depth; arrays and
// other values must be equal; a null is met by what is absent. Both texts are JSON objects.
std::optional<std::string> unmet_expectation(std::string_view expected, std::string_view reply);

}  // namespace catalogd::protocol

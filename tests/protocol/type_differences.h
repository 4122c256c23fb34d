// Holds what the code says of a value against what its interface says.
#pragma once

#include <string>
#include <vector>

#include "tests/protocol/idl.h"

namespace catalogd::protocol::idl {

using Differences = std::vector<std::string>;

// One line for each place, below `path`, where `described` is not what `declared` asks for.
// Named types of `interface` are followed; the order of fields and of words does not matter.
Differences type_differences(const Interface& interface, const std::string& path,
                             const Type& declared, const Type& described);

// The same for a method's parameters, its reply, or an error's parameters.
Differences field_differences(const Interface& interface, const std::string& path,
                              const std::vector<Field>& declared, const Type& described);

}  // namespace catalogd::protocol::idl

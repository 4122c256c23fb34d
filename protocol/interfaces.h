// The texts of the interfaces, as they lie in this folder and are served by introspection.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace catalogd::protocol {

// {name, text} of every interface, org.varlink.service first.
std::span<const std::pair<std::string_view, std::string_view>> interfaces();

std::optional<std::string_view> description_of(std::string_view interface);

// Whether the interface's text has a method of this name, served by this program or not.
bool describes_method(std::string_view interface, std::string_view method);

}  // namespace catalogd::protocol

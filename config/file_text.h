#pragma once

#include <string>
#include <variant>

#include "config/yaml_walk.h"

namespace catalogd::config {

constexpr std::size_t kMaxFileBytes = 1024 * 1024;

/// The whole file, or why it is no text that could hold a configuration: it cannot be read, is
/// longer than kMaxFileBytes, or holds a byte that text does not hold.
std::variant<std::string, Fault> read_text(const std::string& path);

}  // namespace catalogd::config

#pragma once

#include <string_view>
#include <vector>

#include "config/keys.h"
#include "config/yaml_walk.h"

namespace catalogd::config {

/// Puts the value into its place in the configuration. Every fault found in the value comes back,
/// and then the configuration keeps what it had.
std::vector<Fault> assign(const Key& key, const Node& value, Config& config);

/// A variable's or a flag's text as the value of a key. Only lists are split, at commas.
Node outside_value(const Key& key, std::string_view text);

}  // namespace catalogd::config

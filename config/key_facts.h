#pragma once

#include <string>

#include "config/keys.h"

namespace catalogd::config {

/// What a page says of a key beside its sentence: what its values are called,
std::string type_name(const Key& key);
/// which ones it takes,
std::string allowed(const Key& key);
/// and when a change of it is in force.
std::string in_force(const Key& key);

}  // namespace catalogd::config

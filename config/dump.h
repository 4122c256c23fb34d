#pragma once

#include <string>

#include "config/loader.h"

namespace catalogd::config {

/// The whole configuration as a file that would load to the same values, each key with a comment
/// that says where its value came from.
std::string dump(const Loaded& loaded);

}  // namespace catalogd::config

#pragma once

#include <optional>

#include "config/loader.h"
#include "config/problem.h"

namespace catalogd::config {

/// What is wrong where two values contradict each other; it names the one to change.
std::optional<Problem> find_conflict(const AtLeast& rule, const Loaded& loaded);

}  // namespace catalogd::config

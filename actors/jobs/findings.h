// What jobs have found, as the health actor judges by it.
#pragma once

#include <vector>

#include "actors/health/figures.h"
#include "actors/scheduler.h"

namespace catalogd::actors {

// Of the checks integrity, foreign-keys, orphans, backup and jobs; of what has not run yet none.
// `wall`: milliseconds since 1970.
std::vector<health::Finding> findings_of(const Scheduler::Figures& figures, std::int64_t wall);

}  // namespace catalogd::actors

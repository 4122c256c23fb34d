// How fast the database grows, as the runs of cleanup have noted its size.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "protocol/job_figures.h"
#include "protocol/job_run.h"

namespace catalogd::actors {

struct DatabaseSize {
    std::int64_t at = 0;  // milliseconds since 1970
    std::int64_t bytes = 0;
};

// What a run of cleanup has noted; empty of any other.
std::optional<DatabaseSize> size_noted(const protocol::jobs::JobRun& run);

// Bytes a day from the first to the last of them, oldest first; empty where they span too little.
std::optional<double> growth_per_day(const std::vector<DatabaseSize>& sizes);

}  // namespace catalogd::actors

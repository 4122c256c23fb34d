// What is told of a look: io.catalogd.Health's Health.
#pragma once

#include "actors/health/checks.h"
#include "actors/health/recent.h"

namespace catalogd::actors::health {

// What does not change while the daemon runs.
struct About {
    std::string version;
    std::string database;  // its path
    catalog::Shape shape;
    std::int64_t started_at = 0;  // milliseconds since 1970
    Moment started;
};

protocol::health::Health report_of(const About& about, const Figures& figures, const Recent& recent,
                                   std::vector<Check> checks);

// 100, less 10 for each check that warns and 30 for each that fails; never below 0.
std::int64_t score_of(const std::vector<Check>& checks);

}  // namespace catalogd::actors::health

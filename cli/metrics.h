// catalogctl metrics: numbers over time.
#pragma once

#include <cstdint>
#include <string>

#include "cli/session.h"

namespace catalogd::cli {

struct MetricsNames {};
Outcome run(Session& session, const MetricsNames& command);

struct MetricsHistory {
    std::string name;
    std::string from;         // a time or a date; empty: from the first sample on
    std::string to;           // the same; empty: up to the last
    std::int64_t points = 0;  // 0: as many as the daemon gives
};
Outcome run(Session& session, const MetricsHistory& command);

struct MetricsRecord {
    std::string name;
    std::string value;  // a number
    std::string at;     // empty: now
};
Outcome run(Session& session, const MetricsRecord& command);

struct MetricsTrim {
    std::string before;
    bool yes = false;
};
Outcome run(Session& session, const MetricsTrim& command);

}  // namespace catalogd::cli

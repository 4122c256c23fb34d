// Maintenance: what the daemon does by itself, when, and with what result.
#pragma once

#include <cstdint>
#include <string>

#include "cli/session.h"

namespace catalogd::cli {

struct JobsList {};
Outcome run(Session& session, const JobsList& command);

struct JobsHistory {
    std::string job;  // empty: of all
    std::int64_t limit = 20;
};
Outcome run(Session& session, const JobsHistory& command);

struct JobsRun {
    std::string job;
    std::string parameters = "{}";  // one JSON object
    bool full = false;              // these three are parameters too
    bool repair = false;
    bool rebuild = false;
    bool no_wait = false;
};
Outcome run(Session& session, const JobsRun& command);

struct JobsCancel {
    std::int64_t run = 0;
};
Outcome run(Session& session, const JobsCancel& command);

struct JobsForecast {
    std::string job;
};
Outcome run(Session& session, const JobsForecast& command);

struct JobsHold {
    std::string reason;
    std::int64_t seconds = 3'600;
};
Outcome run(Session& session, const JobsHold& command);

struct JobsRelease {};
Outcome run(Session& session, const JobsRelease& command);

}  // namespace catalogd::cli

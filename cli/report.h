// catalogctl report and dashboard: for whoever asks others for help, and whoever wants to look.
#pragma once

#include <string>

#include "cli/session.h"

namespace catalogd::cli {

// One archive with what a bug report needs: versions, health, settings, jobs, the last entries of
// the audit log, statements and their times. No key, no token and no record is in any of it.
struct Report {
    std::string file;
};
Outcome run(Session& session, const Report& command);

// Where the dashboard is, and how to reach it from another machine.
struct Dashboard {};
Outcome run(Session& session, const Dashboard& command);

}  // namespace catalogd::cli

// catalogctl events: what the daemon tells by itself.
#pragma once

#include <string>
#include <vector>

#include "cli/session.h"

namespace catalogd::cli {

// Until the daemon ends, or Ctrl-C.
struct EventsFollow {
    std::vector<std::string> types;
    std::string after;
};
Outcome run(Session& session, const EventsFollow& command);

}  // namespace catalogd::cli

// catalogctl health: how the daemon is.
#pragma once

#include "cli/session.h"

namespace catalogd::cli {

// Exits with 0 where all is well, 1 where something warns, 2 where something fails.
struct HealthCommand {};
Outcome run(Session& session, const HealthCommand& command);

}  // namespace catalogd::cli

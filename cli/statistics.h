// catalogctl stats: the catalog in figures.
#pragma once

#include "cli/session.h"

namespace catalogd::cli {

struct Stats {};
Outcome run(Session& session, const Stats& command);

}  // namespace catalogd::cli

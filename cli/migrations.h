// The steps that made the catalog's schema, and going back.
#pragma once

#include <cstdint>

#include "cli/session.h"

namespace catalogd::cli {

struct MigrationsList {};
Outcome run(Session& session, const MigrationsList& command);

struct MigrationsRollback {
    std::int64_t to = 0;
    bool yes = false;
};
Outcome run(Session& session, const MigrationsRollback& command);

}  // namespace catalogd::cli

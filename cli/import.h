// catalogctl import: brings an old server's database over.
#pragma once

#include <string>

#include "cli/session.h"

namespace catalogd::cli {

struct Import {
    std::string file;  // that the daemon can read
    bool dry_run = false;
};

// What was set aside is no failure: it is told, and kept in the file that the report names.
Outcome run(Session& session, const Import& command);

}  // namespace catalogd::cli

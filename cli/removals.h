// catalogctl removals: stored bytes that no record names any more.
#pragma once

#include <string>
#include <vector>

#include "cli/session.h"

namespace catalogd::cli {

struct RemovalsList {};
Outcome run(Session& session, const RemovalsList& command);

struct RemovalsConfirm {
    std::vector<std::string> ids;
};
Outcome run(Session& session, const RemovalsConfirm& command);

}  // namespace catalogd::cli

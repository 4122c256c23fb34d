// The daemon itself: what it is, what it offers, and any call to it.
#pragma once

#include <string>

#include "cli/session.h"

namespace catalogd::cli {

struct Status {};
Outcome run(Session& session, const Status& command);

struct Call {
    std::string method;
    std::string parameters = "{}";  // "-": from standard input
    bool more = false;
};
Outcome run(Session& session, const Call& command);

struct Introspect {
    std::string interface;  // empty: which interfaces there are
};
Outcome run(Session& session, const Introspect& command);

}  // namespace catalogd::cli

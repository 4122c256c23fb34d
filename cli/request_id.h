// Identifiers for write calls: a call repeated with its id is applied once.
#pragma once

#include "protocol/checked.h"

namespace catalogd::cli {

// 32 hex digits in the layout of a UUID of version 7: later ones of a process sort after earlier
// ones, so that the daemon keeps them in order of time, where they are cheapest.
protocol::RequestId next_request_id();

}  // namespace catalogd::cli

// Peers of other users: a thread of root's may take another identity than its process has.
#pragma once

#include <sys/types.h>

#include <vector>

#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {

struct Identity {
    uid_t user;
    gid_t group;
    std::vector<gid_t> supplementary{};
};

// The connected socket of a peer that the kernel notes as `identity`. Throws what connecting
// throws. For root alone.
VarlinkPeer connect_as(const Identity& identity, const ServedCatalog& catalog);

// What another user needs to reach the socket at all.
void let_everybody_connect(const ServedCatalog& catalog);

}  // namespace catalogd::endpoints

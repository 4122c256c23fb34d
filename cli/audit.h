// catalogctl audit: who did what in the catalog.
#pragma once

#include <cstdint>

#include "cli/session.h"

namespace catalogd::cli {

struct AuditList {
    std::int64_t limit = 0;  // 0: every entry
};
Outcome run(Session& session, const AuditList& command);

// Fails where the chain is broken.
struct AuditVerify {};
Outcome run(Session& session, const AuditVerify& command);

}  // namespace catalogd::cli

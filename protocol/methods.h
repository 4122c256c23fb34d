// Every method of io.catalogd that has a message, and so is served.
#pragma once

#include "protocol/admin.h"
#include "protocol/clients.h"
#include "protocol/files.h"
#include "protocol/jobs.h"
#include "protocol/metrics.h"
#include "protocol/whole.h"

namespace catalogd::protocol {

using Methods = boost::mp11::mp_append<whole::Methods, clients::Methods, files::Methods,
                                       metrics::Methods, admin::Methods, jobs::Methods>;

}  // namespace catalogd::protocol

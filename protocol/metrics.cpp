#include "protocol/metrics.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(metrics::Record);
CATALOGD_CODEC(metrics::History);
CATALOGD_CODEC(metrics::Trim);
CATALOGD_CODEC(metrics::ListNames);

}  // namespace catalogd::protocol

#include "protocol/health.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(health::Get);
CATALOGD_CODEC(health::Watch);

}  // namespace catalogd::protocol

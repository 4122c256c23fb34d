#include "protocol/health.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(health::Get);

}  // namespace catalogd::protocol

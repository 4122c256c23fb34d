#include "protocol/service.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(service::GetInfo);
CATALOGD_CODEC(service::GetInterfaceDescription);

}  // namespace catalogd::protocol

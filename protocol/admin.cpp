#include "protocol/admin.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(admin::RotateKeys);

}  // namespace catalogd::protocol

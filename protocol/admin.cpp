#include "protocol/admin.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(admin::RotateKeys);
CATALOGD_CODEC(admin::ImportDatabase);

}  // namespace catalogd::protocol

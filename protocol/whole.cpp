#include "protocol/whole.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(whole::Transaction);

}  // namespace catalogd::protocol

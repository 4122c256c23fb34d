#include "protocol/whole.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(whole::Transaction);
CATALOGD_CODEC(whole::GetStatistics);

}  // namespace catalogd::protocol

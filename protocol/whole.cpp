#include "protocol/whole.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(whole::Transaction);
CATALOGD_CODEC(whole::GetStatistics);
CATALOGD_CODEC(whole::Watch);

}  // namespace catalogd::protocol

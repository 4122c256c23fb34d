#include "protocol/clients.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(clients::Save);
CATALOGD_CODEC(clients::Get);
CATALOGD_CODEC(clients::GetSessionKey);
CATALOGD_CODEC(clients::List);
CATALOGD_CODEC(clients::Update);
CATALOGD_CODEC(clients::Touch);
CATALOGD_CODEC(clients::Delete);
CATALOGD_CODEC(clients::DeleteMany);
CATALOGD_CODEC(clients::Import);

}  // namespace catalogd::protocol

#include "protocol/settings.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(settings::ListSettings);
CATALOGD_CODEC(settings::SetSetting);
CATALOGD_CODEC(settings::Reload);

}  // namespace catalogd::protocol

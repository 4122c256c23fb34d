#include "protocol/admin.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(admin::ListMigrations);
CATALOGD_CODEC(admin::Rollback);
CATALOGD_CODEC(admin::RotateKeys);
CATALOGD_CODEC(admin::ImportDatabase);
CATALOGD_CODEC(admin::ListAudit);
CATALOGD_CODEC(admin::VerifyAudit);

}  // namespace catalogd::protocol

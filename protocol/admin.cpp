#include "protocol/admin.h"

#include "protocol/decode.ipp"

namespace catalogd::protocol {

CATALOGD_CODEC(admin::ListMigrations);
CATALOGD_CODEC(admin::Rollback);
CATALOGD_CODEC(admin::RotateKeys);
CATALOGD_CODEC(admin::ImportDatabase);
CATALOGD_CODEC(admin::ListAudit);
CATALOGD_CODEC(admin::VerifyAudit);
CATALOGD_CODEC(admin::QueryStatistics);
CATALOGD_CODEC(admin::ListTables);
CATALOGD_CODEC(admin::GetTableSchema);
CATALOGD_CODEC(admin::GetTableRows);
CATALOGD_CODEC(admin::Query);
CATALOGD_CODEC(admin::ListBackups);
CATALOGD_CODEC(admin::Restore);
CATALOGD_CODEC(admin::ReadBackup);
CATALOGD_CODEC(admin::DeleteBackup);

}  // namespace catalogd::protocol

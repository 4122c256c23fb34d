#include "protocol/jobs.h"

#include "protocol/decode.ipp"
#include "protocol/job_figures.h"

namespace catalogd::protocol {

CATALOGD_CODEC(jobs::List);
template void encode(std::string& out, const jobs::JobRun& run);
CATALOGD_CODEC(jobs::History);
CATALOGD_CODEC(jobs::Run);
CATALOGD_CODEC(jobs::Cancel);
CATALOGD_CODEC(jobs::Forecast);
CATALOGD_CODEC(jobs::Hold);
CATALOGD_CODEC(jobs::Release);

CATALOGD_CODEC(jobs::Cleanup);
CATALOGD_CODEC(jobs::Vacuum);
CATALOGD_CODEC(jobs::Optimize);
CATALOGD_CODEC(jobs::Checkpoint);
CATALOGD_CODEC(jobs::ForeignKeyCheck);
CATALOGD_CODEC(jobs::IntegrityCheck);
CATALOGD_CODEC(jobs::OrphanCheck);
CATALOGD_CODEC(jobs::SearchIndex);
CATALOGD_CODEC(jobs::TakeBackup);
CATALOGD_CODEC(jobs::BackupProof);

}  // namespace catalogd::protocol

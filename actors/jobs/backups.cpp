// backup and backup-proof.
#include "actors/backups.h"

#include <algorithm>

#include "actors/jobs/kinds.h"

namespace catalogd::actors {
namespace {

// The newest that can be proven.
std::optional<std::string> newest_backup(const catalog::backups::Store& store) {
    const auto backups = store.list();
    const auto found = std::ranges::find_if(
        backups, [](const catalog::backups::Backup& backup) { return backup.problem.empty(); });
    return found != backups.end() ? std::optional(found->name) : std::nullopt;
}

}  // namespace

jobs::TakeBackup::Reply run_job(WorkContext& context, const jobs::TakeBackup& parameters,
                                const JobOrder& /*order*/) {
    const auto backup = take_backup(context, parameters.name);
    return {backup.name, backup.manifest.bytes, backup.manifest.sha256};
}

jobs::BackupProof::Reply run_job(WorkContext& context, const jobs::BackupProof& parameters,
                                 const JobOrder& /*order*/) {
    const auto name =
        parameters.backup ? parameters.backup : newest_backup(context.shared().backups);
    if (!name) {
        return {};
    }
    return {name, prove_backup(context, *name).manifest.bytes};
}

}  // namespace catalogd::actors

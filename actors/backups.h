// Backups as work of maintenance, for the methods and the jobs that ask for it.
#pragma once

#include "actors/maintenance.h"

namespace catalogd::actors {

// What it is told, and when it ends.
catalog::Slices slices_of(WorkContext& context);

// Each tells of it, whoever asked for it.
//
// Under a name made of the time where none is given.
catalog::backups::Backup take_backup(WorkContext& context, std::optional<std::string> name);
catalog::backups::Backup take_backup(WorkContext& context, const std::string& name,
                                     const catalog::Slices& slices);
catalog::backups::Backup prove_backup(WorkContext& context, const std::string& name);
void delete_backup(WorkContext& context, const std::string& name);

// As the contract has it.
admin::Backup to_message(const catalog::backups::Backup& backup);

}  // namespace catalogd::actors

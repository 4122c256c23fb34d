// The jobs that there are: the one table of them. Everything that needs to know which there are
// reads it; a test holds it against the contract.
#pragma once

#include <span>
#include <string_view>

#include "actors/jobs/turn.h"
#include "actors/maintenance.h"
#include "catalog/backups/retention.h"
#include "protocol/job_figures.h"

namespace catalogd::actors {

// What all runs go by; the scheduler's options tell it.
struct JobRules {
    Retention retention;
    catalog::backups::Retention backups;
    bool repair_orphans = false;
    bool operator==(const JobRules&) const = default;
};

struct JobOrder {
    protocol::Object parameters;
    JobRules rules;
    bool asked = false;  // by somebody, rather than by its schedule
    bool quiet = true;   // few requests come
};

struct JobKind {
    std::string_view name;
    bool for_admins;  // to run by request: destroys, or takes long
    bool has_full;    // a rarer, whole kind beside the usual one
    Patience patience;
    Patience full_patience;
    // Whether these are its parameters, and whether they ask for the whole kind.
    protocol::Result<bool> (*asks_for_full)(const protocol::Object& parameters);
    // On maintenance's thread; its result, or whatever a handler may throw.
    protocol::Object (*run)(WorkContext& context, const JobOrder& order);
};

std::span<const JobKind> job_kinds();

// Null where there is none of this name.
const JobKind* find_job(std::string_view name);

// --- what each does: one file each ----------------------------------------------------------

jobs::Cleanup::Reply run_job(WorkContext& context, const jobs::Cleanup& parameters,
                             const JobOrder& order);
jobs::Vacuum::Reply run_job(WorkContext& context, const jobs::Vacuum& parameters,
                            const JobOrder& order);
jobs::Optimize::Reply run_job(WorkContext& context, const jobs::Optimize& parameters,
                              const JobOrder& order);
jobs::Checkpoint::Reply run_job(WorkContext& context, const jobs::Checkpoint& parameters,
                                const JobOrder& order);
jobs::ForeignKeyCheck::Reply run_job(WorkContext& context, const jobs::ForeignKeyCheck& parameters,
                                     const JobOrder& order);
jobs::IntegrityCheck::Reply run_job(WorkContext& context, const jobs::IntegrityCheck& parameters,
                                    const JobOrder& order);
jobs::OrphanCheck::Reply run_job(WorkContext& context, const jobs::OrphanCheck& parameters,
                                 const JobOrder& order);
jobs::SearchIndex::Reply run_job(WorkContext& context, const jobs::SearchIndex& parameters,
                                 const JobOrder& order);
jobs::TakeBackup::Reply run_job(WorkContext& context, const jobs::TakeBackup& parameters,
                                const JobOrder& order);
jobs::BackupProof::Reply run_job(WorkContext& context, const jobs::BackupProof& parameters,
                                 const JobOrder& order);

}  // namespace catalogd::actors

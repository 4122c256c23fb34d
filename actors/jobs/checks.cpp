// foreign-key-check and integrity-check: what they find is their result, and no failure of theirs.
#include "catalog/checks.h"

#include "actors/backups.h"
#include "actors/jobs/kinds.h"

namespace catalogd::actors {

jobs::ForeignKeyCheck::Reply run_job(WorkContext& context,
                                     const jobs::ForeignKeyCheck& /*parameters*/,
                                     const JobOrder& /*order*/) {
    const auto found = catalog::find_violations(context.connection(), slices_of(context));
    jobs::ForeignKeyCheck::Reply reply;
    reply.violations = found.count;
    for (const catalog::Violation& violation : found.first) {
        reply.first.push_back({violation.table, violation.row, violation.parent});
    }
    return reply;
}

jobs::IntegrityCheck::Reply run_job(WorkContext& context, const jobs::IntegrityCheck& parameters,
                                    const JobOrder& /*order*/) {
    const bool full = parameters.full.value_or(false);
    return {full, catalog::find_faults(context.connection(), full, slices_of(context))};
}

}  // namespace catalogd::actors

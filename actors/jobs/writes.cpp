// The writer's part of the jobs.
#include <algorithm>

#include "actors/handlers.h"
#include "actors/jobs/kinds.h"
#include "catalog/metrics.h"
#include "catalog/orphans.h"
#include "catalog/vacuum.h"

namespace catalogd::actors {

namespace runs = catalog::job_runs;

void apply(WriteContext& context, const NoteRun& message) {
    runs::Run& run = *message.run;
    if (run.ended && run.id != 0) {
        runs::finish(context.transaction, run);
    } else {
        run.id = runs::add(context.transaction, run);
    }
}

void apply(WriteContext& context, const NoteHold& message) {
    catalog::keep_hold(context.transaction, message.hold);
}

void apply(WriteContext& context, const FinishRuns& /*message*/) {
    runs::finish_all(context.transaction, "failed", "the daemon ended before the run did");
}

void apply(WriteContext& context, const RemoveExpired& message) {
    catalog::WriteTransaction& transaction = context.transaction;
    RemoveExpired::Removed& removed = *message.removed;
    const Retention& kept = message.retention;
    removed.requests = catalog::requests::remove_expired(transaction, kept.requests, message.most);
    removed.samples = catalog::metrics::remove_expired(
        transaction, {transaction.now() - kept.metrics, message.most});
    removed.audit_entries =
        catalog::audit::remove_expired(transaction, transaction.now() - kept.audit, message.most);
    removed.runs = 0;
    for (const JobKind& kind : job_kinds()) {
        for (const bool full : {false, true}) {
            removed.runs += runs::remove_oldest(transaction, std::string(kind.name), full,
                                                kept.runs, message.most);
        }
    }
}

void apply(WriteContext& context, const GiveBackPages& message) {
    *message.left = catalog::give_back(context.transaction, message.pages);
}

void apply(WriteContext& context, const RefreshStatistics& message) {
    *message.rows = catalog::refresh_statistics(context.transaction);
}

void apply(WriteContext& context, const RemoveOrphans& message) {
    *message.removed = catalog::orphans::remove(context.transaction, message.numbers);
    if (message.last) {
        catalog::orphans::recount_clients(context.transaction);
    }
}

void apply(WriteContext& context, const ForgetSearchIndex& /*message*/) {
    catalog::search::forget_all(context.transaction);
}

}  // namespace catalogd::actors

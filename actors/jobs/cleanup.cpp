// cleanup: what has been kept for its time goes.
#include "actors/backups.h"
#include "actors/jobs/kinds.h"
#include "catalog/failure.h"
#include "catalog/vacuum.h"

namespace catalogd::actors {
namespace {

// Of each kind in one commit: less than the commit takes, for which those who save meanwhile wait.
constexpr std::int64_t most_removed = 200;

void add_removed(jobs::Cleanup::Reply& reply, const RemoveExpired::Removed& removed) {
    reply.requests += removed.requests;
    reply.samples += removed.samples;
    reply.audit_entries += removed.audit_entries;
    reply.runs += removed.runs;
}

bool any(const RemoveExpired::Removed& removed) {
    return removed.requests + removed.samples + removed.audit_entries + removed.runs > 0;
}

std::vector<std::string> remove_backups(WorkContext& context,
                                        const catalog::backups::Retention& retention) {
    auto names =
        catalog::backups::expired(context.shared().backups.list(), retention, context.now());
    for (const std::string& name : names) {
        context.throw_if_cancelled();
        delete_backup(context, name);
    }
    return names;
}

}  // namespace

jobs::Cleanup::Reply run_job(WorkContext& context, const jobs::Cleanup& /*parameters*/,
                             const JobOrder& order) {
    jobs::Cleanup::Reply reply;
    reply.backups = remove_backups(context, order.rules.backups);
    const auto removed = std::make_shared<RemoveExpired::Removed>();
    do {
        context.throw_if_cancelled();
        context.write(RemoveExpired{order.rules.retention, most_removed, removed});
        add_removed(reply, *removed);
    } while (any(*removed));
    reply.database_bytes = catalog::space_of(context.connection()).bytes();
    return reply;
}

}  // namespace catalogd::actors

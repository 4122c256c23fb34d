// The handlers of the audit log itself: listing it and verifying it.
#include <limits>

#include "actors/cursor.h"
#include "actors/maintenance.h"

namespace catalogd::actors {
namespace {

namespace log = catalog::audit;

constexpr std::int64_t entries_per_slice = 5'000;  // some milliseconds

admin::AuditEntry to_entry(log::Entry entry) {
    return {entry.link.sequence,          {entry.at},
            entry.act.caller.user,        entry.act.caller.process,
            std::move(entry.act.method),  std::move(entry.act.subject),
            std::move(entry.act.outcome), log::to_text(entry.link.hash)};
}

}  // namespace

admin::ListAudit::Reply answer(ReadContext& context, const admin::ListAudit& message) {
    const std::int64_t before =
        message.after ? audit_position(*message.after) : std::numeric_limits<std::int64_t>::max();
    const std::int64_t limit = message.limit ? message.limit->value : protocol::default_limit;
    auto page = log::list(context.connection, before, limit + 1);
    admin::ListAudit::Reply reply;
    if (page.size() > static_cast<std::size_t>(limit)) {
        page.pop_back();
        reply.next = audit_cursor(page.back().link.sequence);
    }
    for (log::Entry& entry : page) {
        reply.entries.push_back(to_entry(std::move(entry)));
    }
    return reply;
}

admin::VerifyAudit::Reply perform(WorkContext& context, const admin::VerifyAudit& /*message*/) {
    log::Verification verification(context.connection());
    while (verification.go_on(entries_per_slice)) {
        context.throw_if_cancelled();
    }
    return {verification.entries(), verification.broken()};
}

}  // namespace catalogd::actors

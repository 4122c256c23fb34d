#include "cli/audit.h"

#include <algorithm>
#include <limits>
#include <ostream>

#include "cli/figures.h"
#include "cli/listing.h"
#include "protocol/admin.h"

namespace catalogd::cli {
namespace {

namespace admin = protocol::admin;
using Align = Column::Align;

constexpr std::int64_t largest_page = 1000;

std::vector<std::string> cells_of(const admin::AuditEntry& entry) {
    return {std::to_string(entry.sequence), short_time(entry.at), std::to_string(entry.uid),
            std::to_string(entry.pid),      entry.outcome,        entry.method,
            entry.subject.value_or("-")};
}

}  // namespace

Outcome run(Session& session, const AuditList& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const std::int64_t most =
        command.limit > 0 ? command.limit : std::numeric_limits<std::int64_t>::max();
    Listing<admin::AuditEntry> listing(session, "entries",
                                       {{"SEQUENCE", Align::right},
                                        {"AT"},
                                        {"USER", Align::right},
                                        {"PROCESS", Align::right},
                                        {"OUTCOME"},
                                        {"METHOD"},
                                        {"SUBJECT"}},
                                       cells_of, static_cast<std::size_t>(most));
    admin::ListAudit list;
    list.limit = protocol::Limit{std::min(most, largest_page)};
    return print_list(*daemon, list, listing, &admin::ListAudit::Reply::entries);
}

Outcome run(Session& session, const AuditVerify& /*command*/) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(admin::VerifyAudit{});
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        std::string json;
        protocol::encode(json, *reply);
        session.out << json << '\n';
    } else if (!reply->broken) {
        session.out << grouped(reply->entries) << " entries, each fits the one before it\n";
    }
    if (!reply->broken) {
        return ExitCode::ok;
    }
    return Failure{ExitCode::failed, "the audit log is broken at entry " +
                                         std::to_string(*reply->broken) + ", after " +
                                         grouped(reply->entries) + " that fit"};
}

}  // namespace catalogd::cli

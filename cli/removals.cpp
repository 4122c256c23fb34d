#include "cli/removals.h"

#include "cli/figures.h"
#include "cli/listing.h"
#include "cli/request_id.h"
#include "protocol/files.h"

namespace catalogd::cli {

namespace files = protocol::files;

Outcome run(Session& session, const RemovalsList&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    Listing<files::Removal> listing(
        session, "removals", {{"ID"}, {"SINCE"}, {"CLIENT ID"}, {"PATH"}},
        [](const files::Removal& removal) {
            return std::vector{protocol::to_text(removal.id), short_time(removal.since),
                               protocol::to_text(removal.client_id), removal.path};
        });
    files::ListRemovals list;
    list.limit = protocol::Limit{1000};
    return print_list(*daemon, list, listing, &files::ListRemovals::Reply::removals);
}

Outcome run(Session& session, const RemovalsConfirm& command) {
    files::ConfirmRemovals confirm;
    for (const std::string& text : command.ids) {
        const auto id = protocol::parse_id(text);
        if (!id) {
            return usage_failure("'" + text + "' is no id: an id has 32 hex digits");
        }
        confirm.ids.value.push_back(*id);
    }
    confirm.request_id = next_request_id();
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(confirm);
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        session.out << "{\"confirmed\":" << reply->confirmed << "}\n";
    } else {
        session.out << "Confirmed " << grouped(reply->confirmed) << " of "
                    << grouped(static_cast<std::int64_t>(command.ids.size())) << " removals\n";
    }
    return ExitCode::ok;
}

}  // namespace catalogd::cli

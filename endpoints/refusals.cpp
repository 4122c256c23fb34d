#include "endpoints/refusals.h"

#include <spdlog/spdlog.h>

#include "endpoints/audited_call.h"

namespace catalogd::endpoints {
namespace {

constexpr auto fold_time = std::chrono::minutes(1);
constexpr std::size_t most_kinds = 256;
constexpr std::int64_t several_users = -1;
constexpr std::string_view unknown_method_name = "(unknown)";
constexpr std::string_view others = "(others)";
constexpr std::size_t bytes_of_entry = 200;

}  // namespace

void Refusals::note(const Caller& caller, const Method* method) {
    const auto kind =
        kind_of(audited_caller(caller), method != nullptr ? method->name : unknown_method_name);
    ++kind->second.untold;
    if (kind->second.first) {
        tell(kind->first, kind->second);
    }
}

// The one of its user and method, if there is room for another.
Refusals::Kinds::iterator Refusals::kind_of(const catalog::audit::Caller& caller,
                                            std::string_view method) {
    const Kind kind{caller.user, method};
    const bool room = kinds_.size() < most_kinds || kinds_.contains(kind);
    const catalog::audit::Caller teller = room ? caller : catalog::audit::Caller{several_users, 0};
    return kinds_
        .try_emplace(room ? kind : Kind{several_users, others}, Folded{teller, clock_.now()})
        .first;
}

void Refusals::tell(const Kind& kind, Folded& folded) {
    actors::Act act{std::get<std::string_view>(kind), {}, "AccessDenied"};
    if (folded.untold > 1 || !folded.first) {
        act.subject = std::to_string(folded.untold) + (folded.first ? " calls" : " more");
    }
    actors::WriterMail mail;
    mail.message = actors::RecordActs{{std::move(act)}};
    mail.caller = folded.caller;
    mail.deadline = {clock_.now(), actors::Moment::max()};
    mail.bytes = bytes_of_entry;
    mail.reply = [](const actors::Outcome& outcome) {
        if (!outcome) {
            spdlog::error("refused calls are missing in the audit log: {}",
                          protocol::name_of(outcome.error()));
        }
    };
    if (writer_.post(mail)) {
        folded.untold = 0;
        folded.first = false;
        folded.since = clock_.now();
    }
}

void Refusals::write_due() {
    const actors::Moment now = clock_.now();
    for (auto each = kinds_.begin(); each != kinds_.end();) {
        Folded& folded = each->second;
        if (folded.first || now - folded.since >= fold_time) {
            if (folded.untold == 0) {
                each = kinds_.erase(each);
                continue;
            }
            tell(each->first, folded);
        }
        ++each;
    }
}

void Refusals::write_all() {
    for (auto& [kind, folded] : kinds_) {
        if (folded.untold > 0) {
            tell(kind, folded);
        }
    }
}

}  // namespace catalogd::endpoints

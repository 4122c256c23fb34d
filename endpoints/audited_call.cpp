#include "endpoints/audited_call.h"

#include "actors/audit.h"
#include "endpoints/catalog_calls.h"

namespace catalogd::endpoints {
namespace {

constexpr std::size_t bytes_of_act = 200;  // an entry and its share of the queue, about

}  // namespace

catalog::audit::Caller audited_caller(const Caller& caller) {
    return {std::int64_t{caller.peer.uid}, std::int64_t{caller.peer.pid}};
}

AuditedCall::AuditedCall(const Actors& actors, const Caller& caller, std::vector<actors::Act> acts)
    : writer_(actors.writer),
      clock_(actors.clock),
      time_(actors.deadlines.write),
      caller_(audited_caller(caller)),
      acts_(std::move(acts)) {}

AuditedCall::Reply AuditedCall::recorded(Reply reply) const {
    if (acts_.empty()) {
        return reply;
    }
    return [self = *this, reply = std::move(reply)](actors::Outcome outcome) {
        auto acts = self.acts_;
        // An older schema may have no log: that the rollback began is told, and kept in its backup.
        if (outcome && acts.front().method == protocol::admin::Rollback::method) {
            reply(std::move(outcome));
            return;
        }
        actors::settle(acts, outcome ? "ok" : actors::short_name(outcome.error()));
        post_or_refuse(self.writer_, self.mail(std::move(acts), [reply, outcome](auto recorded) {
            reply(recorded ? outcome : std::move(recorded));
        }));
    };
}

void AuditedCall::begin(Reply begun) const {
    if (acts_.empty()) {
        begun(actors::Answer{protocol::EncodedReply::of_text("{}")});
        return;
    }
    auto acts = acts_;
    actors::settle(acts, "begun");
    post_or_refuse(writer_, mail(std::move(acts), std::move(begun)));
}

actors::WriterMail AuditedCall::mail(std::vector<actors::Act> acts, Reply reply) const {
    actors::WriterMail mail;
    mail.bytes = acts.size() * bytes_of_act;
    mail.message = actors::RecordActs{std::move(acts)};
    mail.caller = caller_;
    mail.deadline = deadline_from(clock_, time_);
    mail.reply = std::move(reply);
    return mail;
}

}  // namespace catalogd::endpoints

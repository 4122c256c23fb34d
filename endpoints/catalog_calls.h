// From a message of the actors to the task that posts it, and from its outcome to replies.
#pragma once

#include "endpoints/audited_call.h"

namespace catalogd::endpoints {

// Reply or error, as a whole frame.
std::string frame_of(actors::Outcome outcome, bool continues = false);
template <class Reply>
std::string frame_of(const protocol::Result<Reply>& outcome) {
    std::string frame;
    if (outcome) {
        protocol::append_reply(frame, *outcome);
    } else {
        protocol::append_error(frame, outcome.error());
    }
    return frame;
}

// What a write brings beside its message; `bytes`: of the call's frame.
actors::WriterMail envelope_of(const Actors& actors, const protocol::Call& call,
                               const Caller& caller, std::size_t bytes,
                               std::optional<std::string> request_id);

// Answers at once where the actor refuses the mail.
template <class Actor, class Mail>
void post_or_refuse(Actor& actor, Mail mail) {
    if (!actor.post(mail)) {
        mail.reply(busy());
    }
}

Task task_of(const Actors& actors, const protocol::Call& call, const Caller& caller,
             std::size_t bytes, actors::WriteMessage message);
// A listing streams where the call asks for more.
Task task_of(const Actors& actors, const protocol::Call& call, std::size_t bytes,
             actors::ReadMessage message, const AuditedCall& audited);

// Long work. A call that asks for more is told how far it has come, where the method has a reply
// that says so: `progress` makes it, and may be empty.
using ProgressReply = std::optional<protocol::EncodedReply> (*)(double done);
Task task_of(const Actors& actors, const protocol::Call& call, std::size_t bytes, actors::Work work,
             ProgressReply progress, const AuditedCall& audited);

}  // namespace catalogd::endpoints

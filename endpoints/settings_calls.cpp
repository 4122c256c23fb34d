#include "endpoints/settings_calls.h"

#include <boost/asio/post.hpp>

#include "actors/audit.h"
#include "endpoints/catalog_calls.h"

namespace catalogd::endpoints {
namespace {

namespace settings = protocol::settings;

AuditedCall::Reply finishing(const std::shared_ptr<Responder>& responder) {
    return
        [responder](actors::Outcome outcome) { responder->finish(frame_of(std::move(outcome))); };
}

template <class Reply>
actors::Outcome outcome_of(const protocol::Result<Reply>& result) {
    if (!result) {
        return result.error();
    }
    return actors::Answer{protocol::EncodedReply(*result)};
}

Task task_of(const Actors& actors, settings::ListSettings /*message*/, actors::WriterMail /*mail*/,
             const AuditedCall& audited) {
    return {Conduct::read,
            [&known = actors.settings, audited](const std::shared_ptr<Responder>& responder) {
                audited.recorded(finishing(responder))(
                    actors::Answer{protocol::EncodedReply(known.list())});
            }};
}

// Alone: a list behind it has to see it. The writer tells the audit log of it.
Task task_of(const Actors& actors, settings::SetSetting message, actors::WriterMail mail,
             const AuditedCall& /*audited*/) {
    return {Conduct::alone,
            [&known = actors.settings, message = std::move(message),
             mail = std::move(mail)](const std::shared_ptr<Responder>& responder) mutable {
                mail.reply = finishing(responder);
                known.set(std::move(message), std::move(mail));
            }};
}

// What it changes is in no commit: told of before and after, as long work is.
Task task_of(const Actors& actors, settings::Reload /*message*/, actors::WriterMail /*mail*/,
             const AuditedCall& audited) {
    return {Conduct::alone,
            [&known = actors.settings, audited](const std::shared_ptr<Responder>& responder) {
                audited.begin([&known, audited, responder](const actors::Outcome& begun) {
                    boost::asio::post(responder->executor(), [&known, audited, responder, begun] {
                        if (begun) {
                            audited.recorded(finishing(responder))(outcome_of(known.reload()));
                        } else {
                            finishing(responder)(begun);
                        }
                    });
                });
            }};
}

template <class Message>
std::optional<std::string> request_id_of(const Message& message) {
    if constexpr (requires { message.request_id; }) {
        return message.request_id ? std::optional(message.request_id->value) : std::nullopt;
    } else {
        return {};
    }
}

}  // namespace

template <class Message>
    requires boost::mp11::mp_contains<settings::Methods, Message>::value
protocol::Result<Task> prepare(const Actors& actors, const protocol::Call& call,
                               const Caller& caller, std::size_t bytes) {
    auto message = protocol::decode<Message>(call.parameters);
    if (!message) {
        return message.error();
    }
    auto mail = envelope_of(actors, call, caller, bytes, request_id_of(*message));
    const AuditedCall audited(actors, caller, actors::acts_of(*message));
    return task_of(actors, std::move(*message), std::move(mail), audited);
}

template protocol::Result<Task> prepare<settings::ListSettings>(const Actors&,
                                                                const protocol::Call&,
                                                                const Caller&, std::size_t);
template protocol::Result<Task> prepare<settings::SetSetting>(const Actors&, const protocol::Call&,
                                                              const Caller&, std::size_t);
template protocol::Result<Task> prepare<settings::Reload>(const Actors&, const protocol::Call&,
                                                          const Caller&, std::size_t);

}  // namespace catalogd::endpoints

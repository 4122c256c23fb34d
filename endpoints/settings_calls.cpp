#include "endpoints/settings_calls.h"

#include "endpoints/catalog_calls.h"

namespace catalogd::endpoints {
namespace {

namespace settings = protocol::settings;

Task task_of(const Actors& actors, settings::ListSettings /*message*/,
             actors::WriterMail /*mail*/) {
    return {Conduct::read, [&known = actors.settings](const std::shared_ptr<Responder>& responder) {
                responder->finish(
                    frame_of(protocol::Result<settings::ListSettings::Reply>(known.list())));
            }};
}

// Alone: a list behind it has to see it.
Task task_of(const Actors& actors, settings::SetSetting message, actors::WriterMail mail) {
    return {Conduct::alone,
            [&known = actors.settings, message = std::move(message),
             mail = std::move(mail)](const std::shared_ptr<Responder>& responder) mutable {
                mail.reply = [responder](actors::Outcome outcome) {
                    responder->finish(frame_of(std::move(outcome)));
                };
                known.set(std::move(message), std::move(mail));
            }};
}

Task task_of(const Actors& actors, settings::Reload /*message*/, actors::WriterMail /*mail*/) {
    return {Conduct::alone,
            [&known = actors.settings](const std::shared_ptr<Responder>& responder) {
                responder->finish(frame_of(known.reload()));
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
    return task_of(actors, std::move(*message), std::move(mail));
}

template protocol::Result<Task> prepare<settings::ListSettings>(const Actors&,
                                                                const protocol::Call&,
                                                                const Caller&, std::size_t);
template protocol::Result<Task> prepare<settings::SetSetting>(const Actors&, const protocol::Call&,
                                                              const Caller&, std::size_t);
template protocol::Result<Task> prepare<settings::Reload>(const Actors&, const protocol::Call&,
                                                          const Caller&, std::size_t);

}  // namespace catalogd::endpoints

#include "endpoints/health_calls.h"

#include "endpoints/event_stream.h"
#include "protocol/codec.h"

namespace catalogd::endpoints {

namespace errors = protocol::errors;
namespace health = protocol::health;

template <>
protocol::Result<Task> prepare<health::Get>(const Actors& actors, const protocol::Call& call,
                                            const Caller& /*caller*/, std::size_t /*bytes*/) {
    if (auto message = protocol::decode<health::Get>(call.parameters); !message) {
        return message.error();
    }
    return Task{Conduct::read,
                [&source = actors.health](const std::shared_ptr<Responder>& responder) {
                    const auto look = source.latest();
                    responder->finish(protocol::EncodedReply::of_text(look->reply).frame());
                }};
}

template <>
protocol::Result<Task> prepare<health::Watch>(const Actors& actors, const protocol::Call& call,
                                              const Caller& /*caller*/, std::size_t /*bytes*/) {
    auto message = protocol::decode<health::Watch>(call.parameters);
    if (!message) {
        return message.error();
    }
    if (!call.more) {
        return protocol::Error(errors::ExpectedMore{});
    }
    std::optional<protocol::events::Sequence> after;
    if (message->after && !(after = protocol::events::parse_sequence(*message->after))) {
        return protocol::Error(errors::InvalidValue{"after", "must be the sequence of an event"});
    }
    try {
        const actors::events::Filter filter(message->types.value_or(std::vector<std::string>{}));
        return Task{
            Conduct::alone,
            [&hub = actors.events, filter, after](std::shared_ptr<Responder> responder) {
                std::make_shared<EventStream>(std::move(responder))->begin(hub, filter, after);
            }};
    } catch (const std::invalid_argument& unknown) {
        return protocol::Error(errors::InvalidValue{"types", unknown.what()});
    }
}

}  // namespace catalogd::endpoints

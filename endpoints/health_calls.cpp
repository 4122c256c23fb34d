#include "endpoints/health_calls.h"

#include "protocol/codec.h"

namespace catalogd::endpoints {

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

}  // namespace catalogd::endpoints

#include "endpoints/watch_calls.h"

#include "endpoints/change_stream.h"

namespace catalogd::endpoints {

template <>
protocol::Result<Task> prepare<protocol::whole::Watch>(const Actors& actors,
                                                       const protocol::Call& call,
                                                       const Caller& /*caller*/,
                                                       std::size_t /*bytes*/) {
    auto message = protocol::decode<protocol::whole::Watch>(call.parameters);
    if (!message) {
        return message.error();
    }
    if (!call.more) {
        return protocol::Error(protocol::errors::ExpectedMore{});
    }
    return Task{Conduct::alone, [&changed = actors.changed, after = std::move(message->after)](
                                    std::shared_ptr<Responder> responder) {
                    std::make_shared<ChangeStream>(std::move(responder), changed)->begin(after);
                }};
}

}  // namespace catalogd::endpoints

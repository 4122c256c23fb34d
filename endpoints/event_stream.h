// The replies of a call that watches: each event as it comes, the next one when the peer has taken
// the one before. What waits meanwhile waits in the hub, which bounds it.
#pragma once

#include <memory>
#include <optional>

#include "actors/events/hub.h"
#include "endpoints/service.h"

namespace catalogd::endpoints {

// Lives on the session's executor, until its peer has gone or the hub was closed.
class EventStream : public std::enable_shared_from_this<EventStream> {
public:
    explicit EventStream(std::shared_ptr<Responder> responder) : responder_(std::move(responder)) {}

    void begin(actors::events::Hub& hub, const actors::events::Filter& filter,
               const std::optional<protocol::events::Sequence>& after);

private:
    void wake();
    void send();

    const std::shared_ptr<Responder> responder_;
    std::unique_ptr<actors::events::Subscription> subscription_;  // empty: it has ended
    bool under_way_ = false;                                      // an event, to the peer
};

}  // namespace catalogd::endpoints

#include "endpoints/event_stream.h"

#include <boost/asio/post.hpp>

namespace catalogd::endpoints {
namespace {

// What a watch that a stop ends asks its caller to wait: until a restart is through.
constexpr std::int64_t retry_after_restart_ms = 1'000;

}  // namespace

void EventStream::begin(actors::events::Hub& hub, const actors::events::Filter& filter,
                        const std::optional<protocol::events::Sequence>& after) {
    subscription_ = hub.subscribe(filter, after, [self = shared_from_this()] { self->wake(); });
    send();
}

// On whichever thread publishes.
void EventStream::wake() {
    boost::asio::post(responder_->executor(), [self = shared_from_this()] { self->send(); });
}

void EventStream::send() {
    const auto self = shared_from_this();  // the subscription may be what keeps it
    if (responder_->abandoned()) {
        subscription_.reset();
    }
    if (!subscription_ || under_way_) {
        return;
    }
    if (const auto event = subscription_->next()) {
        under_way_ = true;
        const std::string reply = "{\"event\":" + event->json + '}';
        responder_->proceed(protocol::EncodedReply::of_text(reply).frame(true), [self] {
            self->under_way_ = false;
            self->send();
        });
    } else if (subscription_->ended()) {
        subscription_.reset();
        std::string frame;
        protocol::append_error(frame, protocol::errors::Busy{retry_after_restart_ms});
        responder_->finish(std::move(frame));
    }
}

}  // namespace catalogd::endpoints

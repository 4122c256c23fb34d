#include "endpoints/change_stream.h"

#include <boost/asio/post.hpp>

#include "protocol/whole.h"

namespace catalogd::endpoints {
namespace {

constexpr auto between_replies = std::chrono::milliseconds(500);
// What a watch that a stop ends asks its caller to wait: until a restart is through.
constexpr std::int64_t retry_of_watch_ms = 1'000;

}  // namespace

ChangeStream::ChangeStream(std::shared_ptr<Responder> responder,
                           actors::events::ChangedClients& changed)
    : responder_(std::move(responder)), changed_(changed), pause_(responder_->executor()) {}

void ChangeStream::begin(std::optional<std::string> after) {
    cursor_ = std::move(after);
    token_ = changed_.listen([self = shared_from_this()] { self->wake(); });
    send();
}

// On the writer's thread.
void ChangeStream::wake() {
    boost::asio::post(responder_->executor(), [self = shared_from_this()] { self->send(); });
}

void ChangeStream::send() {
    const auto self = shared_from_this();  // the token may be what keeps it
    if (responder_->abandoned()) {
        token_.reset();
        pause_.cancel();
    }
    if (!token_) {
        return;
    }
    if (changed_.ended()) {
        token_.reset();
        std::string frame;
        protocol::append_error(frame, protocol::errors::Busy{retry_of_watch_ms});
        responder_->finish(std::move(frame));
        return;
    }
    if (under_way_) {
        return;
    }
    auto changes = changed_.since(cursor_);
    if (!first_ && !changes.reset && changes.clients.empty()) {
        return;
    }
    first_ = false;
    under_way_ = true;
    cursor_ = changes.cursor;
    const protocol::whole::Watch::Reply reply{std::move(changes.cursor), std::move(changes.clients),
                                              changes.reset};
    responder_->proceed(protocol::EncodedReply(reply).frame(true), [self] { self->rest(); });
}

void ChangeStream::rest() {
    pause_.expires_after(between_replies);
    pause_.async_wait([self = shared_from_this()](boost::system::error_code) {
        self->under_way_ = false;
        self->send();
    });
}

}  // namespace catalogd::endpoints

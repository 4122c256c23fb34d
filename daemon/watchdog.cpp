#include "daemon/watchdog.h"

namespace catalogd::daemon {

Watchdog::Watchdog(boost::asio::io_context& io, Figure progress, Feed feed)
    : progress_(std::move(progress)), feed_(std::move(feed)), timer_(io) {}

void Watchdog::start(std::chrono::microseconds interval) {
    pause_ = interval / 3;
    look();
    await_next();
}

void Watchdog::look() {
    const auto now = progress_();
    if (now > last_) {
        feed_();
    }
    last_ = now;
}

void Watchdog::await_next() {
    timer_.expires_after(pause_);
    timer_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) {
            look();
            await_next();
        }
    });
}

}  // namespace catalogd::daemon

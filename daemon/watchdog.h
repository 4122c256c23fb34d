// The service manager's watchdog, fed only while the daemon's parts make progress.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>

namespace catalogd::daemon {

// Runs on the event loop, so that a loop that hangs feeds nothing. What else must go on is a
// figure that grows whenever it does: a thread's processor time, say, of which even an idle one
// uses some every second.
class Watchdog {
public:
    using Figure = std::function<std::chrono::nanoseconds()>;
    using Feed = std::function<void()>;

    Watchdog(boost::asio::io_context& io, Figure progress, Feed feed);

    // Feeds now and then thrice in each `interval`, while the figure grows; until stop().
    void start(std::chrono::microseconds interval);
    void stop() { timer_.cancel(); }

    // Feeds where the figure has grown since it was last asked for.
    void look();

private:
    void await_next();

    const Figure progress_;
    const Feed feed_;
    std::chrono::nanoseconds last_{-1};
    std::chrono::microseconds pause_{};
    boost::asio::steady_timer timer_;
};

}  // namespace catalogd::daemon

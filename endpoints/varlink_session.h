// One connection: reads calls, starts each when its turn has come, and sends the replies in the
// order of the calls.
//
// Everything runs on the session's executor but the Responder, which posts to it.
#pragma once

#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <string>

#include "endpoints/service.h"
#include "protocol/frame.h"

namespace catalogd::endpoints {

struct SessionLimits {
    std::size_t calls_in_flight = 64;
    std::size_t frame_bytes = protocol::frame_limit;  // of a peer that may write

    [[nodiscard]] std::size_t frame_bytes_of(Role role) const {
        constexpr std::size_t of_readers = 1 << 20;
        return role >= Role::write ? frame_bytes : std::min(frame_bytes, of_readers);
    }
    bool operator==(const SessionLimits&) const = default;
};

class VarlinkSession : public std::enable_shared_from_this<VarlinkSession> {
public:
    using Socket = boost::asio::local::stream_protocol::socket;

    VarlinkSession(Socket socket, Caller caller, const Service& service, SessionLimits limits);

    // Until the peer closes, breaks a rule, or stop is called; then what was accepted is answered.
    boost::asio::awaitable<void> run();

    // For the calls that are still to be read.
    void configure(Role role, const SessionLimits& limits);

    // Reads no further call. A stream ends after the reply that is under way.
    void stop();
    // Closes at once.
    void close();

    [[nodiscard]] const Caller& caller() const { return caller_; }

private:
    // A call that has been accepted and not yet answered wholly.
    struct Slot {
        Conduct conduct = Conduct::read;
        bool oneway = false;
        bool started = false;
        bool done = false;
        std::function<void(std::shared_ptr<Responder>)> start;
        std::string output;          // replies that have not been moved to the socket's buffer
        std::function<void()> sent;  // to be called when they are written
    };
    class SlotResponder;

    boost::asio::awaitable<void> read_calls();
    void close_when_abandoned();
    bool accept(std::string_view frame);
    void start_what_may();
    void start(std::size_t index);
    void receive(std::uint64_t number, std::string frame, bool last, std::function<void()> sent);
    void schedule_flush();
    void flush();
    void collect_output();
    bool write_output();
    [[nodiscard]] bool has_room() const;
    [[nodiscard]] bool crowded() const;

    Socket socket_;
    Caller caller_;
    const Service& service_;
    SessionLimits limits_;
    protocol::FrameReader reader_;
    std::deque<Slot> slots_;
    std::uint64_t first_number_ = 0;  // of slots_.front(), counted from the connection's first call
    std::string output_;              // on its way to the socket
    std::size_t written_ = 0;         // of output_
    std::function<void()> sent_;      // waits for output_
    bool flush_scheduled_ = false;
    bool waiting_to_write_ = false;
    bool stopping_ = false;
    std::atomic<bool> closed_ = false;   // set on the executor, read by actors too
    boost::asio::steady_timer changed_;  // cancelled whenever a slot ends or the socket closes
};

}  // namespace catalogd::endpoints

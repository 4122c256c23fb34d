// One connection of HTTP: a request after the other, until one becomes a WebSocket of events.
//
// Everything runs on the socket's executor.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>

#include "actors/events/hub.h"
#include "endpoints/http/guard.h"

namespace catalogd::endpoints::http {

// Whoever has something to show. Asked on the sessions' thread; must not block it.
class Site {
public:
    virtual ~Site() = default;
    // `request` has passed the guard.
    [[nodiscard]] virtual Response answer(const Target& target, const Request& request) const = 0;
};

// What sessions share; all of it must outlive them.
struct Served {
    const Guard& guard;
    const Site& site;
    actors::events::Hub& events;
};

struct Patience {
    // For a request to come, and come whole; for an answer to be taken.
    std::chrono::milliseconds request = std::chrono::seconds(10);
    // For any sign of life of a WebSocket: pings ask for one.
    std::chrono::milliseconds silence = std::chrono::seconds(60);
};

class Session {
public:
    using Socket = boost::asio::ip::tcp::socket;
    static std::shared_ptr<Session> make(Socket socket, const Served& served,
                                         const Patience& patience);
    virtual ~Session() = default;

    // Until the peer goes, breaks a rule, or stop is called.
    virtual boost::asio::awaitable<void> run() = 0;
    // No further request is read; events end with those that wait.
    virtual void stop() = 0;
    // At once.
    virtual void close() = 0;
};

inline constexpr std::string_view events_path = "/v1/events";
inline constexpr std::string_view subprotocol = "cloudevents.json";

// What a WebSocket asks for.
struct Subscribing {
    actors::events::Filter filter;
    std::optional<protocol::events::Sequence> after;
};
// From the parameters `types` (with commas) and `after`. Throws std::invalid_argument.
Subscribing subscribing_of(const Target& target);

}  // namespace catalogd::endpoints::http

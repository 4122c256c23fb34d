// The Unix socket on which Varlink is served: accepts connections and keeps their sessions.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>

#include "endpoints/varlink_session.h"

namespace catalogd::endpoints {

struct ServerLimits {
    std::size_t connections = 4096;
    std::size_t connections_per_user = 1024;
    SessionLimits session;
    bool operator==(const ServerLimits&) const = default;
};

// A connection beyond the limits is closed at once. Everything runs on the io_context's one thread.
class VarlinkServer {
public:
    using Acceptor = boost::asio::local::stream_protocol::acceptor;

    // `listening` is a bound socket that listens already. `service` must outlive the server.
    VarlinkServer(boost::asio::io_context& io, Acceptor listening, const Service& service,
                  ServerLimits limits);
    VarlinkServer(const VarlinkServer&) = delete;
    VarlinkServer& operator=(const VarlinkServer&) = delete;

    void start();

    // Holds from now on, for the sessions that are open too; so do the roles that the service gives
    // to their peers. No connection is closed for it.
    void configure(const ServerLimits& limits);

    // Accepts and reads nothing more; `done` is called when every accepted call is answered, or
    // after `grace`, when what is left is closed.
    void stop(std::chrono::milliseconds grace, std::function<void()> done);

    [[nodiscard]] std::size_t connections() const { return sessions_.size(); }

private:
    using Sessions = std::list<std::shared_ptr<VarlinkSession>>;

    boost::asio::awaitable<void> accept_connections();
    void admit(VarlinkSession::Socket socket);
    [[nodiscard]] bool within_limits(const Peer& peer) const;
    void forget(Sessions::iterator session);

    boost::asio::io_context& io_;
    Acceptor acceptor_;
    const Service& service_;
    ServerLimits limits_;
    Sessions sessions_;
    std::map<uid_t, std::size_t> per_user_;
    boost::asio::steady_timer grace_;
    boost::asio::steady_timer retry_;
    std::function<void()> done_;
};

}  // namespace catalogd::endpoints

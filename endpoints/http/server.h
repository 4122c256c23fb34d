// The TCP socket on which HTTP is served: accepts connections and keeps their sessions.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <list>

#include "endpoints/http/session.h"

namespace catalogd::endpoints::http {

// A connection beyond the limit is closed at once. Everything runs on the io_context's one thread.
class Server {
public:
    using Acceptor = boost::asio::ip::tcp::acceptor;

    // `served` must outlive the server.
    Server(boost::asio::io_context& io, const Served& served, std::size_t connections,
           Patience patience = {});
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // `listening`: a descriptor that is bound and listens; `six`: to IPv6.
    void start(int listening, bool six);
    void set_limit(std::size_t connections) { limit_ = connections; }

    // Accepts and reads nothing more; `done` is called when every session has ended, or after
    // `grace`, when what is left is closed.
    void stop(std::chrono::milliseconds grace, std::function<void()> done);

    [[nodiscard]] std::size_t connections() const { return sessions_.size(); }
    [[nodiscard]] std::int64_t refused() const { return refused_; }

private:
    using Sessions = std::list<std::shared_ptr<Session>>;

    boost::asio::awaitable<void> accept_connections();
    void admit(Session::Socket socket);
    void forget(Sessions::iterator session);
    void end();

    boost::asio::io_context& io_;
    const Served served_;
    std::size_t limit_;
    const Patience patience_;
    Acceptor acceptor_;
    Sessions sessions_;
    std::int64_t refused_ = 0;
    boost::asio::steady_timer grace_;
    boost::asio::steady_timer retry_;
    std::function<void()> done_;
};

}  // namespace catalogd::endpoints::http

#include "endpoints/varlink_server.h"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>

#include "endpoints/use_result.h"

namespace catalogd::endpoints {
namespace {

namespace asio = boost::asio;

// After a failed accept, out of file descriptors most likely: a pause instead of a spin.
constexpr auto pause_after_failure = std::chrono::milliseconds(100);

// Whatever escapes a coroutine is a fault of this program: it is said, and ends the one session.
void log_escaped(const std::exception_ptr& escaped) {
    try {
        if (escaped) {
            std::rethrow_exception(escaped);
        }
    } catch (const std::exception& failure) {
        spdlog::error("a connection ended in an exception: {}", failure.what());
    }
}

}  // namespace

VarlinkServer::VarlinkServer(asio::io_context& io, Acceptor listening, const Service& service,
                             ServerLimits limits)
    : io_(io),
      acceptor_(std::move(listening)),
      service_(service),
      limits_(limits),
      grace_(io),
      retry_(io) {}

void VarlinkServer::start() {
    asio::co_spawn(io_, accept_connections(), log_escaped);
}

asio::awaitable<void> VarlinkServer::accept_connections() {
    while (acceptor_.is_open()) {
        auto [error, socket] = co_await acceptor_.async_accept(use_result);
        // One that came while the server stopped would have nobody to end it.
        if (!error && acceptor_.is_open()) {
            admit(std::move(socket));
        } else if (acceptor_.is_open()) {
            spdlog::error("a connection could not be accepted: {}", error.message());
            retry_.expires_after(pause_after_failure);
            co_await retry_.async_wait(use_result);
        }
    }
}

void VarlinkServer::configure(const ServerLimits& limits) {
    limits_ = limits;
    for (const auto& session : sessions_) {
        session->configure(service_.role_of(session->caller().peer), limits.session);
    }
}

bool VarlinkServer::within_limits(const Peer& peer) const {
    const auto own = per_user_.find(peer.uid);
    return sessions_.size() < limits_.connections &&
           (own == per_user_.end() || own->second < limits_.connections_per_user);
}

void VarlinkServer::admit(VarlinkSession::Socket socket) {
    try {
        const Peer peer = peer_of(socket.native_handle());
        if (!within_limits(peer)) {
            spdlog::warn("a connection of user {} was closed: too many are open", peer.uid);
            return;
        }
        auto session = std::make_shared<VarlinkSession>(
            std::move(socket), Caller{peer, service_.role_of(peer)}, service_, limits_.session);
        const auto place = sessions_.insert(sessions_.end(), session);
        ++per_user_[peer.uid];
        asio::co_spawn(io_, session->run(), [this, place](const std::exception_ptr& escaped) {
            log_escaped(escaped);
            forget(place);
        });
    } catch (const std::exception& failure) {  // of the system, or of Boost: accepting goes on
        spdlog::warn("a connection was closed before its first call: {}", failure.what());
    }
}

void VarlinkServer::forget(Sessions::iterator session) {
    (*session)->close();  // where an exception ended it, it has not closed itself
    const uid_t user = (*session)->caller().peer.uid;
    if (--per_user_[user] == 0) {
        per_user_.erase(user);
    }
    sessions_.erase(session);
    if (sessions_.empty() && done_) {
        grace_.cancel();
        std::exchange(done_, {})();
    }
}

void VarlinkServer::stop(std::chrono::milliseconds grace, std::function<void()> done) {
    acceptor_.close();
    retry_.cancel();
    if (sessions_.empty()) {
        done();
        return;
    }
    done_ = std::move(done);
    for (const auto& session : sessions_) {
        session->stop();
    }
    grace_.expires_after(grace);
    grace_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) {
            spdlog::warn("{} connections did not finish in time and are closed", sessions_.size());
            for (const auto& session : sessions_) {
                session->close();
            }
        }
    });
}

}  // namespace catalogd::endpoints

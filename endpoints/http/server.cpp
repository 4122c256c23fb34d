#include "endpoints/http/server.h"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>

#include "endpoints/use_result.h"

namespace catalogd::endpoints::http {
namespace {

namespace asio = boost::asio;

// After a failed accept, out of file descriptors most likely: a pause instead of a spin.
constexpr auto pause_after_refusal = std::chrono::milliseconds(100);

// Whatever escapes a coroutine is a fault of this program: it is said, and ends the one session.
void log_fault(const std::exception_ptr& escaped) {
    try {
        if (escaped) {
            std::rethrow_exception(escaped);
        }
    } catch (const std::exception& failure) {
        spdlog::error("a connection of HTTP ended in an exception: {}", failure.what());
    }
}

}  // namespace

Server::Server(asio::io_context& io, const Served& served, std::size_t connections,
               Patience patience)
    : io_(io),
      served_(served),
      limit_(connections),
      patience_(patience),
      acceptor_(io),
      grace_(io),
      retry_(io) {}

void Server::start(int listening, bool six) {
    acceptor_.assign(six ? asio::ip::tcp::v6() : asio::ip::tcp::v4(), listening);
    asio::co_spawn(io_, accept_connections(), log_fault);
}

asio::awaitable<void> Server::accept_connections() {
    while (acceptor_.is_open()) {
        auto [error, socket] = co_await acceptor_.async_accept(use_result);
        if (!error && acceptor_.is_open()) {
            admit(std::move(socket));
        } else if (acceptor_.is_open()) {
            spdlog::error("a connection of HTTP could not be accepted: {}", error.message());
            retry_.expires_after(pause_after_refusal);
            co_await retry_.async_wait(use_result);
        }
    }
}

void Server::admit(Session::Socket socket) {
    if (sessions_.size() >= limit_) {
        ++refused_;
        return;
    }
    auto session = Session::make(std::move(socket), served_, patience_);
    const auto place = sessions_.insert(sessions_.end(), session);
    asio::co_spawn(io_, session->run(), [this, place](const std::exception_ptr& escaped) {
        log_fault(escaped);
        forget(place);
    });
}

void Server::forget(Sessions::iterator session) {
    (*session)->close();  // where an exception ended it, it has not closed itself
    sessions_.erase(session);
    if (sessions_.empty()) {
        end();
    }
}

void Server::end() {
    if (done_) {
        grace_.cancel();
        std::exchange(done_, {})();
    }
}

void Server::stop(std::chrono::milliseconds grace, std::function<void()> done) {
    acceptor_.close();
    retry_.cancel();
    done_ = std::move(done);
    if (sessions_.empty()) {
        end();
        return;
    }
    for (const auto& session : Sessions(sessions_)) {
        session->stop();
    }
    grace_.expires_after(grace);
    grace_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) {
            for (const auto& session : Sessions(sessions_)) {
                session->close();
            }
        }
    });
}

}  // namespace catalogd::endpoints::http

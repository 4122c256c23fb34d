// The one file that speaks Beast: compiling it takes long.
#include "endpoints/http/session.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <optional>
#include <stdexcept>
#include <variant>

#include "endpoints/use_result.h"

namespace catalogd::endpoints::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = beast::http;
namespace websocket = beast::websocket;

using Parser = bhttp::request_parser<bhttp::empty_body>;
using WebSocket = websocket::stream<beast::tcp_stream>;

constexpr std::uint32_t header_limit = 8 << 10;
constexpr std::size_t message_limit = 4 << 10;  // of what subscribers say, which nobody listens to

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return out;
}

Request request_of(const Parser& parser) {
    const auto& message = parser.get();
    Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    request.upgrade = websocket::is_upgrade(message);
    request.has_body = parser.chunked() || parser.content_length().value_or(0) > 0;
    for (const auto& field : message) {
        request.fields.emplace_back(lower(field.name_string()), std::string(field.value()));
    }
    return request;
}

Response refusal(int status, std::string reason) {
    Response response;
    response.status = status;
    response.body = std::move(reason) + '\n';
    return response;
}

bool offers_subprotocol(const Request& request) {
    const auto offers = request.values("sec-websocket-protocol");
    return std::ranges::any_of(offers, [](std::string_view list) {
        while (!list.empty()) {
            std::string_view one = list.substr(0, list.find(','));
            list.remove_prefix(std::min(list.size(), one.size() + 1));
            one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
            one = one.substr(0, one.find_last_not_of(' ') + 1);
            if (one == subprotocol) {
                return true;
            }
        }
        return false;
    });
}

// What is asked for, or what is wrong with it.
std::variant<Subscribing, Response> subscribing(const Target& target) {
    try {
        return subscribing_of(target);
    } catch (const std::invalid_argument& wrong) {
        return refusal(400, wrong.what());
    }
}

class BeastSession : public Session, public std::enable_shared_from_this<BeastSession> {
public:
    BeastSession(Socket socket, const Served& served, const Patience& patience)
        : stream_(std::in_place, std::move(socket)),
          served_(served),
          patience_(patience),
          changed_(stream_->get_executor(), asio::steady_timer::time_point::max()) {}

    asio::awaitable<void> run() override {
        const auto self = shared_from_this();
        while (!stopping_ && co_await serve_one()) {
        }
        close();
    }
    void stop() override;
    void close() override;

private:
    asio::awaitable<bool> serve_one();
    asio::awaitable<bool> answer(Parser& parser);
    asio::awaitable<bool> send(Response response, unsigned version, bool keep_alive);
    asio::awaitable<void> stream_events(Parser& parser, Subscribing asked);
    asio::awaitable<bool> accept_upgrade(Parser& parser);
    asio::awaitable<void> listen_until_closed();
    asio::awaitable<void> tell_events(Subscribing asked);

    std::optional<beast::tcp_stream> stream_;  // empty once it is a WebSocket
    std::optional<WebSocket> socket_;
    beast::flat_buffer buffer_;
    const Served served_;
    const Patience patience_;
    asio::steady_timer changed_;  // cancelled when an event waits, or the peer has gone
    bool requested_ = false;      // a request is being answered
    bool stopping_ = false;
    bool gone_ = false;
};

// False: the connection ends.
asio::awaitable<bool> BeastSession::serve_one() {
    Parser parser;
    parser.header_limit(header_limit);
    requested_ = false;
    stream_->expires_after(patience_.request);
    const auto [error, size] =
        co_await bhttp::async_read_header(*stream_, buffer_, parser, use_result);
    requested_ = true;
    if (error == bhttp::error::header_limit) {
        co_return co_await send(refusal(431, "the request's header is too long"), 11, false);
    }
    if (error && error.category() == bhttp::make_error_code(bhttp::error::bad_method).category() &&
        error != bhttp::error::end_of_stream && error != bhttp::error::partial_message) {
        co_return co_await send(refusal(400, "this is not HTTP"), 11, false);
    }
    if (error || stopping_) {
        co_return false;
    }
    co_return co_await answer(parser);
}

asio::awaitable<bool> BeastSession::answer(Parser& parser) {
    const Request request = request_of(parser);
    const unsigned version = parser.get().version();
    if (auto refused = served_.guard.refuse(request)) {
        co_return co_await send(std::move(*refused), version, false);
    }
    const Target target = *parse_target(request.target);
    const bool keep_alive = parser.get().keep_alive();
    if (target.path != events_path) {
        co_return co_await send(served_.site.answer(target, request), version, keep_alive);
    }
    auto asked = subscribing(target);
    if (auto* wrong = std::get_if<Response>(&asked)) {
        co_return co_await send(std::move(*wrong), version, keep_alive);
    }
    if (!request.upgrade || !offers_subprotocol(request)) {
        Response response = refusal(
            426, "events come over a WebSocket that offers the subprotocol cloudevents.json");
        response.fields = {{"Upgrade", "websocket"}};
        co_return co_await send(std::move(response), version, false);
    }
    co_await stream_events(parser, std::get<Subscribing>(std::move(asked)));
    co_return false;
}

asio::awaitable<bool> BeastSession::send(Response response, unsigned version, bool keep_alive) {
    bhttp::response<bhttp::string_body> message(static_cast<bhttp::status>(response.status),
                                                version, std::move(response.body));
    message.set(bhttp::field::content_type, response.type);
    message.set("X-Content-Type-Options", "nosniff");
    message.set(bhttp::field::cache_control, "no-store");
    for (const auto& [name, value] : response.fields) {
        message.set(name, value);
    }
    message.keep_alive(keep_alive);
    message.prepare_payload();
    stream_->expires_after(patience_.request);
    const auto [error, size] = co_await bhttp::async_write(*stream_, message, use_result);
    co_return !error && keep_alive;
}

asio::awaitable<void> BeastSession::stream_events(Parser& parser, Subscribing asked) {
    if (!co_await accept_upgrade(parser)) {
        co_return;
    }
    asio::co_spawn(
        changed_.get_executor(),
        [self = shared_from_this()] { return self->listen_until_closed(); }, asio::detached);
    co_await tell_events(std::move(asked));
}

asio::awaitable<bool> BeastSession::accept_upgrade(Parser& parser) {
    stream_->expires_never();  // the WebSocket has timers of its own
    socket_.emplace(std::move(*stream_));
    stream_.reset();
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = patience_.request;
    timeout.idle_timeout = patience_.silence;
    timeout.keep_alive_pings = true;
    socket_->set_option(timeout);
    const auto name_subprotocol = [](websocket::response_type& response) {
        response.set(bhttp::field::sec_websocket_protocol, subprotocol);
    };
    socket_->set_option(websocket::stream_base::decorator(name_subprotocol));
    socket_->read_message_max(message_limit);
    socket_->text(true);
    const auto [error] = co_await socket_->async_accept(parser.get(), use_result);
    co_return !error;
}

// Answers pings and notices that the peer has gone; what it says is passed over.
asio::awaitable<void> BeastSession::listen_until_closed() {
    const auto self = shared_from_this();
    beast::flat_buffer said;
    while (!gone_) {
        const auto [error, size] = co_await socket_->async_read(said, use_result);
        said.clear();
        gone_ = gone_ || error;
    }
    changed_.cancel();
}

asio::awaitable<void> BeastSession::tell_events(Subscribing asked) {
    // The hub wakes this from any thread, perhaps when the session has ended.
    const auto wake = [weak = weak_from_this(), executor = changed_.get_executor()] {
        asio::post(executor, [weak] {
            if (const auto self = weak.lock()) {
                self->changed_.cancel();
            }
        });
    };
    const auto subscription = served_.events.subscribe(asked.filter, asked.after, wake);
    while (!gone_) {
        if (const auto event = subscription->next()) {
            const auto [error, size] =
                co_await socket_->async_write(asio::buffer(event->json), use_result);
            gone_ = gone_ || error;
        } else if (subscription->ended()) {
            co_await socket_->async_close(websocket::close_code::going_away, use_result);
            gone_ = true;
        } else {
            co_await changed_.async_wait(use_result);
        }
    }
}

void BeastSession::stop() {
    stopping_ = true;
    if (stream_ && !requested_) {
        close();
    }
}

void BeastSession::close() {
    gone_ = true;
    changed_.cancel();
    beast::error_code ignored;  // closing is all that is left to do
    if (stream_) {
        stream_->socket().shutdown(Socket::shutdown_both, ignored);
        stream_->close();
    } else if (socket_) {
        beast::get_lowest_layer(*socket_).close();
    }
}

}  // namespace

std::shared_ptr<Session> Session::make(Socket socket, const Served& served,
                                       const Patience& patience) {
    return std::make_shared<BeastSession>(std::move(socket), served, patience);
}

}  // namespace catalogd::endpoints::http

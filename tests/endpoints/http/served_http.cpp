#include "tests/endpoints/http/served_http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <future>
#include <stdexcept>
#include <system_error>

namespace catalogd::endpoints::http {
namespace {

// A test that waits in vain fails, instead of hanging.
constexpr timeval patience_of_tests{60, 0};
constexpr int window = 4096;
constexpr int pause_ms = 10;

}  // namespace

ServedHttp::ServedHttp(const Patience& patience)
    : ServedHttp(patience, listen_on(*parse_address("127.0.0.1:0"))) {}

ServedHttp::ServedHttp(const Patience& patience, int listening)
    : address_(address_of(listening)),
      guard_(hosts_of(address_), ""),
      server_(io_, {guard_, site_, events_}, 100, patience),
      work_(io_.get_executor()) {
    server_.start(listening, false);
    thread_ = std::thread([this] { io_.run(); });
}

ServedHttp::~ServedHttp() {
    boost::asio::post(
        io_, [this] { server_.stop(std::chrono::milliseconds(0), [this] { work_.reset(); }); });
    thread_.join();
}

bool ServedHttp::comes_to_have_connections(std::size_t count) {
    return eventually([&] {
        std::promise<std::size_t> has;
        boost::asio::post(io_, [&] { has.set_value(server_.connections()); });
        return has.get_future().get() == count;
    });
}

TcpPeer::TcpPeer(const Address& address)
    : host_(address.text()), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience_of_tests, sizeof patience_of_tests);
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_port = htons(address.port);
    ::inet_pton(AF_INET, address.host.c_str(), &there.sin_addr);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0) {
        throw std::system_error(errno, std::generic_category(), "connect");
    }
}

TcpPeer::~TcpPeer() {
    ::close(socket_);
}

void TcpPeer::send(std::string_view bytes) const {
    ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void TcpPeer::send_request(std::string_view line, std::string_view fields) const {
    std::string text(line);
    ((((text += " HTTP/1.1\r\nHost: ") += host_) += "\r\n") += fields) += "\r\n";
    send(text);
}

bool TcpPeer::is_closed_while_sending_bytes() const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (std::chrono::steady_clock::now() < end) {
        pollfd closed{socket_, POLLRDHUP, 0};
        if (::poll(&closed, 1, pause_ms) > 0) {
            return true;
        }
        send("x");
    }
    return false;
}

std::string TcpPeer::exactly(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t taken = 0; taken < size;) {
        const ssize_t more = ::recv(socket_, bytes.data() + taken, size - taken, 0);
        if (more <= 0) {
            throw std::runtime_error("the other end is silent, or has closed");
        }
        taken += static_cast<std::size_t>(more);
    }
    return bytes;
}

std::string TcpPeer::receive_to(std::string_view end) {
    std::string text;
    while (!text.ends_with(end)) {
        text += exactly(1);
    }
    return text;
}

bool TcpPeer::closed() {
    char byte = 0;
    return ::recv(socket_, &byte, 1, 0) == 0;
}

void TcpPeer::upgrade() {
    send_request("GET /v1/events",
                 "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Protocol: cloudevents.json\r\n");
    receive_to("\r\n\r\n");
}

TcpPeer::Frame TcpPeer::next_frame() {
    const std::string head = exactly(2);
    std::size_t size = static_cast<unsigned char>(head[1]);
    if (size == 126) {
        const std::string length = exactly(2);
        size = static_cast<unsigned char>(length[0]) * 256U + static_cast<unsigned char>(length[1]);
    }
    exactly(size);
    return static_cast<Frame>(head[0] & 0x0f);
}

}  // namespace catalogd::endpoints::http

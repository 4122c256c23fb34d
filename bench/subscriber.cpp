#include "bench/subscriber.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace catalogd::bench {
namespace {

enum Opcode : unsigned { text = 1, close_frame = 8, ping = 9, pong = 10 };

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

sockaddr_in parse(const std::string& address) {
    const auto colon = address.rfind(':');
    sockaddr_in parsed{};
    parsed.sin_family = AF_INET;
    if (colon == std::string::npos ||
        inet_pton(AF_INET, address.substr(0, colon).c_str(), &parsed.sin_addr) != 1) {
        throw std::invalid_argument("no address of IPv4 with a port: " + address);
    }
    parsed.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
    return parsed;
}

// Before connecting: both are told to the other end by the handshake of TCP.
void make_small(int descriptor) {
    const int segment = 536;
    const int window = 4096;
    setsockopt(descriptor, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof(segment));
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &window, sizeof(window));
}

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) {
        value = value << 8 | static_cast<unsigned char>(byte);
    }
    return value;
}

}  // namespace

Subscriber::Subscriber(const std::string& address, const std::string& target, Window window)
    : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_in peer = parse(address);
    if (descriptor_ < 0) {
        fail("socket");
    }
    if (window == Window::small) {
        make_small(descriptor_);
    }
    if (connect(descriptor_, reinterpret_cast<const sockaddr*>(&peer), sizeof(peer)) != 0) {
        fail(address);
    }
    upgrade(address, target);
}

Subscriber::~Subscriber() {
    if (descriptor_ >= 0) {
        close(descriptor_);
    }
}

// The key is of the standard's own example: nothing here depends on it.
void Subscriber::upgrade(const std::string& address, const std::string& target) {
    const std::string request = "GET " + target + " HTTP/1.1\r\nHost: " + address +
                                "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                "Sec-WebSocket-Version: 13\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                "Sec-WebSocket-Protocol: cloudevents.json\r\n\r\n";
    if (send(descriptor_, request.data(), request.size(), MSG_NOSIGNAL) < 0) {
        fail("send");
    }
    // Byte by byte: what follows the header is for whoever reads events, or for nobody.
    std::string header;
    for (char byte = 0; header.find("\r\n\r\n") == std::string::npos; header += byte) {
        if (recv(descriptor_, &byte, 1, 0) != 1) {
            throw std::runtime_error("the connection was closed instead of upgraded");
        }
    }
    if (header.rfind("HTTP/1.1 101", 0) != 0) {
        throw std::runtime_error("not upgraded: " + header.substr(0, header.find('\r')));
    }
}

void Subscriber::read_some() {
    std::array<char, 16 * 1024> bytes;
    const auto count = recv(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count > 0) {
        buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || errno == ECONNRESET) {
        closed_ = true;
    } else if (errno != EAGAIN && errno != EINTR) {
        fail("recv");
    }
}

// Frames of a server are not masked, and the daemon's messages are one frame each.
std::optional<std::string_view> Subscriber::next() {
    while (true) {
        const std::string_view rest = std::string_view(buffer_).substr(taken_);
        if (rest.size() < 2) {
            return {};
        }
        const auto opcode = static_cast<unsigned>(rest[0]) & 0x0FU;
        std::uint64_t length = static_cast<unsigned>(rest[1]) & 0x7FU;
        const std::size_t more = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (rest.size() < 2 + more) {
            return {};
        }
        length = more > 0 ? big_endian(rest.substr(2, more)) : length;
        if (rest.size() < 2 + more + length) {
            return {};
        }
        const std::string_view data = rest.substr(2 + more, length);
        taken_ += 2 + more + length;
        if (opcode == text) {
            return data;
        }
        if (opcode == ping) {
            answer_ping(data);
        } else if (opcode == close_frame && data.size() >= 2) {
            close_code_ = static_cast<std::uint16_t>(big_endian(data.substr(0, 2)));
        }
    }
}

// Frames of a client are masked; a mask of zeros leaves the data as it is.
void Subscriber::answer_ping(std::string_view data) const {
    std::string frame{static_cast<char>(0x80U | pong), static_cast<char>(0x80U | data.size())};
    frame.append(4, '\0').append(data);
    if (send(descriptor_, frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
        fail("send");
    }
}

}  // namespace catalogd::bench

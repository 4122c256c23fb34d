#include "endpoints/http/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>

#include "endpoints/listening_socket.h"

namespace catalogd::endpoints::http {
namespace {

constexpr int waiting_connections = 512;

std::optional<std::uint16_t> parse_port(const std::string& digits) {
    std::uint16_t port = 0;
    const auto* end = digits.c_str() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.c_str(), end, port);
    return error == std::errc() && stopped == end ? std::optional(port) : std::nullopt;
}

// Takes IPv4 as IPv4, and IPv6 as IPv6 alone.
template <class Bind>
bool with_sockaddr(const Address& address, const Bind& bind) {
    sockaddr_in6 six{};
    sockaddr_in four{};
    if (::inet_pton(AF_INET, address.host.c_str(), &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
        four.sin_port = htons(address.port);
        return bind(AF_INET, &four, sizeof four);
    }
    ::inet_pton(AF_INET6, address.host.c_str(), &six.sin6_addr);
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(address.port);
    return bind(AF_INET6, &six, sizeof six);
}

}  // namespace

std::string Address::text() const {
    const bool six = host.find(':') != std::string::npos;
    return (six ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

std::optional<Address> parse_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return {};
    }
    std::string_view host = text.substr(0, colon);
    const bool six = host.starts_with('[') && host.ends_with(']');
    if (six) {
        host = host.substr(1, host.size() - 2);
    }
    Address address{std::string(host), 0, false};
    in_addr four{};
    in6_addr both{};
    if (six ? ::inet_pton(AF_INET6, address.host.c_str(), &both) != 1
            : ::inet_pton(AF_INET, address.host.c_str(), &four) != 1) {
        return {};
    }
    address.loopback = six ? IN6_IS_ADDR_LOOPBACK(&both) : address.host.starts_with("127.");
    const auto port = parse_port(std::string(text.substr(colon + 1)));
    if (!port) {
        return {};
    }
    address.port = *port;
    return address;
}

std::vector<std::string> hosts_of(const Address& address) {
    const std::string port = ':' + std::to_string(address.port);
    std::vector<std::string> hosts{address.text()};
    if (address.loopback) {
        hosts.push_back("localhost" + port);
    }
    return hosts;
}

Address address_of(int socket) {
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    char host[NI_MAXHOST] = "";
    char port[NI_MAXSERV] = "";
    auto* bound = reinterpret_cast<sockaddr*>(&name);
    const bool told = ::getsockname(socket, bound, &size) == 0 &&
                      ::getnameinfo(bound, size, host, sizeof host, port, sizeof port,
                                    NI_NUMERICHOST | NI_NUMERICSERV) == 0;
    const bool six = told && name.ss_family == AF_INET6;
    const auto address = parse_address(
        told ? (six ? "[" + std::string(host) + "]" : std::string(host)) + ":" + port : "");
    if (!address) {
        throw std::invalid_argument(
            "the service manager passed a socket under the name http that "
            "is none of IP");
    }
    return *address;
}

int listen_on(const Address& address) {
    int socket = -1;
    const auto bind = [&](int family, const auto* name, socklen_t size) {
        socket = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        const int on = 1;
        return socket >= 0 && ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
               ::bind(socket, reinterpret_cast<const sockaddr*>(name), size) == 0 &&
               ::listen(socket, waiting_connections) == 0;
    };
    if (with_sockaddr(address, bind)) {
        return socket;
    }
    const int failure = errno;
    if (socket >= 0) {
        ::close(socket);
    }
    const std::string what = "HTTP cannot be served on " + address.text();
    if (failure == EADDRINUSE) {
        throw SocketHeld(what +
                         ": another program serves there; http.address or --http names "
                         "another port, or off");
    }
    throw std::system_error(failure, std::generic_category(), what);
}

}  // namespace catalogd::endpoints::http

// Where HTTP is served: an IP address and a port.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalogd::endpoints::http {

struct Address {
    std::string host;  // without brackets
    std::uint16_t port = 0;
    bool loopback = false;

    // As in a URL: "127.0.0.1:8787", "[::1]:8787".
    [[nodiscard]] std::string text() const;
};

// Names are not looked up: what is bound must not depend on who answers.
std::optional<Address> parse_address(std::string_view text);

// Where a bound socket is reached. Throws std::invalid_argument where it is none of IP.
Address address_of(int socket);

// What a browser may name in Host to reach this address: exactly these.
std::vector<std::string> hosts_of(const Address& address);

// The descriptor of a socket that listens there. Throws SocketHeld where another program does, and
// std::system_error with a text for a person.
int listen_on(const Address& address);

}  // namespace catalogd::endpoints::http

// Who may ask: what is refused before anybody looks at what a request asks for.
//
// Browsers reach loopback too, and their same-origin rule does not hold for WebSockets: a page from
// anywhere may try, or a name that now means 127.0.0.1. So Host, and Origin where there is one,
// must be exactly what this daemon is called. Where a token is set it is the only identity.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "endpoints/http/message.h"

namespace catalogd::endpoints::http {

class Guard {
public:
    // `hosts`: with their port. `token`: empty: none is asked for.
    Guard(std::vector<std::string> hosts, std::string token)
        : hosts_(std::move(hosts)), token_(std::move(token)) {}

    // What is answered instead; empty where the request may go on.
    [[nodiscard]] std::optional<Response> refuse(const Request& request) const;

private:
    [[nodiscard]] std::optional<Response> refuse_form(const Request& request) const;
    [[nodiscard]] bool is_ours(std::string_view host) const;
    [[nodiscard]] bool is_known(const Request& request) const;

    const std::vector<std::string> hosts_;
    const std::string token_;
};

// In a time that tells nothing of where they differ.
bool equal_in_constant_time(std::string_view one, std::string_view other);

// Of "Basic dXNlcjp0b2tlbg==" or "Bearer token"; empty where it is neither.
std::string token_of(std::string_view authorization);

}  // namespace catalogd::endpoints::http

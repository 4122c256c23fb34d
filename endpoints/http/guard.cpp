#include "endpoints/http/guard.h"

#include <algorithm>

#include "protocol/values.h"

namespace catalogd::endpoints::http {
namespace {

Response refusal(int status, std::string reason) {
    Response response;
    response.status = status;
    response.body = std::move(reason) + '\n';
    return response;
}

// Those that orchestrators ask have no token; they tell one bit.
bool is_open_to_all(std::string_view target) {
    return target == "/livez" || target == "/readyz";
}

}  // namespace

bool equal_in_constant_time(std::string_view one, std::string_view other) {
    unsigned difference = one.size() == other.size() ? 0 : 1;
    for (std::size_t i = 0; i < one.size(); ++i) {
        const char beside = other.empty() ? '\0' : other[i % other.size()];
        difference |= static_cast<unsigned>(static_cast<unsigned char>(one[i])) ^
                      static_cast<unsigned>(static_cast<unsigned char>(beside));
    }
    return difference == 0;
}

std::string token_of(std::string_view authorization) {
    const auto space = authorization.find(' ');
    std::string scheme(authorization.substr(0, space));
    std::ranges::transform(scheme, scheme.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    const std::string_view rest =
        space == std::string_view::npos ? "" : authorization.substr(space + 1);
    if (scheme == "bearer") {
        return std::string(rest);
    }
    // What a browser sends when it has asked for a name and a password: the token is the latter.
    if (scheme == "basic") {
        const std::string pair = protocol::parse_base64(rest).value_or("");
        const auto colon = pair.find(':');
        return colon == std::string::npos ? "" : pair.substr(colon + 1);
    }
    return "";
}

std::optional<Response> Guard::refuse(const Request& request) const {
    if (auto refused = refuse_form(request)) {
        return refused;
    }
    const auto host = request.values("host");
    if (host.size() != 1 || !is_ours(host.front())) {
        return refusal(421, "Host is not this daemon");
    }
    const auto origin = request.values("origin");
    constexpr std::string_view scheme = "http://";
    const bool from_elsewhere = std::ranges::any_of(origin, [&](std::string_view value) {
        return !value.starts_with(scheme) || !is_ours(value.substr(scheme.size()));
    });
    if (from_elsewhere || origin.size() > 1) {
        return refusal(403, "Origin is not this daemon");
    }
    if (!is_known(request)) {
        Response response = refusal(401, "a token is needed");
        response.fields = {{"WWW-Authenticate", "Basic realm=\"catalogd\", charset=\"UTF-8\""}};
        return response;
    }
    return {};
}

std::optional<Response> Guard::refuse_form(const Request& request) const {
    if (request.method != "GET") {
        Response response = refusal(405, "only GET is served");
        response.fields = {{"Allow", "GET"}};
        return response;
    }
    if (request.has_body) {
        return refusal(400, "a request has no body here");
    }
    return parse_target(request.target) ? std::nullopt
                                        : std::optional(refusal(400, "the target is malformed"));
}

bool Guard::is_ours(std::string_view host) const {
    return std::ranges::find(hosts_, host) != hosts_.end();
}

bool Guard::is_known(const Request& request) const {
    if (token_.empty() || is_open_to_all(request.target)) {
        return true;
    }
    const auto authorization = request.values("authorization");
    return authorization.size() == 1 &&
           equal_in_constant_time(token_of(authorization.front()), token_);
}

}  // namespace catalogd::endpoints::http

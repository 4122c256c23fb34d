#include "endpoints/http/message.h"

#include <charconv>

namespace catalogd::endpoints::http {
namespace {

// Of percent-encoding; empty where it is broken, or stands for what is no text.
std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char letter = text[at];
        if (letter == '%') {
            unsigned value = 0;
            const std::string digits(text.substr(at + 1, 2));
            const auto* end = digits.c_str() + digits.size();
            const auto [stopped, error] = std::from_chars(digits.c_str(), end, value, 16);
            if (digits.size() != 2 || error != std::errc() || stopped != end) {
                return {};
            }
            letter = static_cast<char>(value);
            at += 2;
        }
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F) {
            return {};
        }
        out += letter;
    }
    return out;
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/') || target.starts_with("//")) {
        return {};
    }
    const auto mark = target.find('?');
    Target parsed{std::string(target.substr(0, mark)), {}};
    if (parsed.path.find_first_of("%\\#") != std::string::npos) {
        return {};  // no path of ours has any of them
    }
    std::string_view rest = mark == std::string_view::npos ? "" : target.substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        const auto equals = part.find('=');
        const auto name = decoded(part.substr(0, equals));
        const auto value = decoded(equals == std::string_view::npos ? "" : part.substr(equals + 1));
        if (!name || !value || !parsed.parameters.emplace(*name, *value).second) {
            return {};
        }
    }
    return parsed;
}

}  // namespace catalogd::endpoints::http

#include "config/principals.h"

#include <algorithm>
#include <charconv>

#include "config/characters.h"

namespace catalogd::config {
namespace {

constexpr std::size_t kLongestAccount = 256;
// The number above it means "no change" to chown, and is nobody's.
constexpr std::uint64_t kLargestNumber = 4294967294;

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// Directory services know names with dots, at-signs, backslashes and letters beyond ASCII. Spaces
/// and what separates entries here or in passwd(5) are in no name.
bool is_name(std::string_view account) {
    return !account.empty() && account.size() <= kLongestAccount && account.front() != '-' &&
           account.find_first_of(" :,/") == std::string_view::npos &&
           !find_bad_byte(account, Lines::Refused);
}

}  // namespace

std::optional<std::string> refuse_account(std::string_view account) {
    if (!account.empty() && std::ranges::all_of(account, is_digit)) {
        std::uint64_t number = 0;
        const auto [end, error] =
            std::from_chars(account.data(), account.data() + account.size(), number);
        if (error != std::errc{} || number > kLargestNumber) {
            return "no user or group has the number " + shown(account);
        }
        return std::nullopt;
    }
    if (!is_name(account)) {
        return "expected a name or a number, got " + shown(account);
    }
    return std::nullopt;
}

std::optional<std::string> refuse_principal(std::string_view principal) {
    for (const std::string_view kind : {"user:", "group:"}) {
        if (principal.starts_with(kind)) {
            return refuse_account(principal.substr(kind.size()));
        }
    }
    return "expected \"user:\" or \"group:\" and a name or a number, got " + shown(principal);
}

}  // namespace catalogd::config

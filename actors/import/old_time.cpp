#include "actors/import/old_time.h"

#include <ctime>
#include <initializer_list>
#include <string>

#include "protocol/values.h"

namespace catalogd::actors::import {
namespace {

constexpr std::int64_t milliseconds = 1'000;
constexpr std::int64_t day = 86'400;

std::optional<std::int64_t> parse(const std::string& text) {
    const auto time = protocol::parse_time(text);
    return time ? std::optional(time->milliseconds) : std::nullopt;
}

std::int64_t floor_seconds(std::int64_t time) {
    return (time - (time < 0 ? milliseconds - 1 : 0)) / milliseconds;
}

// From what a clock showed to when it did. An hour that it showed twice is taken for the first one,
// and one that it left out for what it would have been.
std::int64_t from_local(std::int64_t shown, const OffsetAt& offset_at) {
    const std::int64_t seconds = floor_seconds(shown);
    const std::int64_t before = offset_at(seconds - day);
    for (const std::int64_t offset : {before, offset_at(seconds + day)}) {
        if (offset_at(seconds - offset) == offset) {
            return shown - offset * milliseconds;
        }
    }
    return shown - before * milliseconds;
}

}  // namespace

std::int64_t offset_here(std::int64_t seconds) {
    const auto time = static_cast<std::time_t>(seconds);
    std::tm local{};
    return ::localtime_r(&time, &local) != nullptr ? local.tm_gmtoff : 0;
}

std::optional<std::int64_t> read_old_time(std::string_view text, const OffsetAt& offset_at) {
    if (text.ends_with("00:00Z") && parse(std::string(text.substr(0, text.size() - 1)))) {
        text.remove_suffix(1);
    }
    if (const auto told = parse(std::string(text))) {
        return told;
    }
    const auto shown = parse(std::string(text) + 'Z');
    constexpr std::string_view of_sqlite = "2025-01-10 12:00:00";
    if (!shown || (text.size() == of_sqlite.size() && text[10] == ' ')) {
        return shown;
    }
    return from_local(*shown, offset_at);
}

}  // namespace catalogd::actors::import

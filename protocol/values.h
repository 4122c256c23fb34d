// The values that cross the wire, as the contract writes them, each with its text form.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace catalogd::protocol {

// An identifier: 16 bytes; 32 lower-case hex digits on the wire, a dashed UUID is accepted.
struct Id {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Id&) const = default;
};

// A moment: milliseconds since 1970-01-01T00:00:00Z, within the years 0000 to 9999.
// RFC 3339 in UTC with three decimals on the wire; any offset and precision is taken and cut.
struct Time {
    std::int64_t milliseconds = 0;
    auto operator<=>(const Time&) const = default;
};

// One JSON object as text, for whoever passes it on without looking into it.
struct Object {
    std::string json = "{}";
    auto operator<=>(const Object&) const = default;
};

// Bytes; standard base64 with padding on the wire.
struct Base64 {
    std::string bytes;
    auto operator<=>(const Base64&) const = default;
};

// A moment, or a whole day in UTC that is written as a date alone.
struct TimeOrDay {
    Time begin;
    Time end;  // inclusive: the last millisecond of the day, or `begin`
    auto operator<=>(const TimeOrDay&) const = default;
};

std::string to_text(const Id& id);
std::string to_text(Time time);
std::string to_text(const TimeOrDay& when);
std::string to_base64(std::string_view bytes);

// Empty where the text is not of that form.
std::optional<Id> parse_id(std::string_view text);
std::optional<Time> parse_time(std::string_view text);
std::optional<TimeOrDay> parse_time_or_day(std::string_view text);
std::optional<std::string> parse_base64(std::string_view text);

// Characters of well-formed UTF-8: code points.
std::size_t count_characters(std::string_view utf8);
bool is_utf8(std::string_view text);

}  // namespace catalogd::protocol

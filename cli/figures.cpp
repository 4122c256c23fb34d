#include "cli/figures.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <string_view>

namespace catalogd::cli {

std::string grouped(std::int64_t number) {
    std::string text = std::to_string(number);
    const std::size_t first_digit = number < 0 ? 1 : 0;
    for (std::size_t at = text.size(); at > first_digit + 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

std::string plain_number(double number) {
    std::array<char, 32> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

std::string human_bytes(std::int64_t bytes) {
    constexpr std::array<const char*, 7> units{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    if (bytes < 1024) {
        return std::to_string(bytes) + " B";
    }
    auto amount = static_cast<double>(bytes);
    std::size_t unit = 0;
    // 1023.95 would be written as 1024.0 of the smaller unit.
    while (amount >= 1023.95 && unit + 1 < units.size()) {
        amount /= 1024;
        ++unit;
    }
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), "%.1f %s", amount, units[unit]);
    return text.data();
}

std::string hex_crc(std::int64_t crc) {
    std::array<char, 24> text;
    std::snprintf(text.data(), text.size(), "%08llx", static_cast<unsigned long long>(crc));
    return text.data();
}

std::string short_time(protocol::Time time) {
    constexpr std::size_t seconds_end = std::string_view("2025-01-10T12:00:00").size();
    std::string text = protocol::to_text(time).substr(0, seconds_end) + 'Z';
    text[10] = ' ';
    return text;
}

}  // namespace catalogd::cli

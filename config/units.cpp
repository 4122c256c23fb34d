#include "config/units.h"

#include <array>
#include <charconv>
#include <limits>
#include <span>

#include "config/characters.h"

namespace catalogd::config {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t worth;
};

/// What a quantity is called in messages, and its units from the largest to the smallest.
struct Quantity {
    std::string_view noun;
    std::string_view example;
    std::string_view unit_names;
    std::span<const Unit> units;
};

constexpr std::array kSizeUnits{
    Unit{"GiB", kGiB}, Unit{"GB", 1'000'000'000}, Unit{"MiB", kMiB}, Unit{"MB", 1'000'000},
    Unit{"KiB", kKiB}, Unit{"KB", 1'000},         Unit{"B", 1},
};
constexpr std::array kDurationUnits{
    Unit{"d", 86'400'000}, Unit{"h", 3'600'000}, Unit{"m", 60'000}, Unit{"s", 1'000}, Unit{"ms", 1},
};
constexpr Quantity kSize{"a size", "64MiB", "B, KB, MB, GB, KiB, MiB or GiB", kSizeUnits};
constexpr Quantity kDuration{"a duration", "30s", "ms, s, m, h or d", kDurationUnits};

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
constexpr std::string_view kDigits = "0123456789";

bool is_number(std::string_view digits) {
    return !digits.empty() && digits.find_first_not_of(kDigits) == std::string_view::npos &&
           (digits.size() == 1 || digits.front() != '0');
}

/// A number too large for 64 bits becomes the largest one: the bounds then refuse it by name.
std::int64_t saturated(std::string_view digits) {
    std::int64_t value = kLargest;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

Refusal malformed(const Quantity& quantity, std::string_view text) {
    return {"expected " + std::string(quantity.noun) + " such as " + std::string(quantity.example) +
            ", got " + shown(text)};
}

Result<std::int64_t> parse_quantity(const Quantity& quantity, std::string_view text) {
    const std::string_view digits = text.substr(0, text.find_first_not_of(kDigits));
    const std::string_view name = text.substr(digits.size());
    if (!is_number(digits)) {
        return malformed(quantity, text);
    }
    if (name.empty()) {
        return Refusal{"needs a unit: " + std::string(quantity.unit_names) + ", such as " +
                       std::string(quantity.example) + "; got " + shown(text)};
    }
    for (const Unit& unit : quantity.units) {
        if (unit.name == name) {
            const std::int64_t number = saturated(digits);
            return number > kLargest / unit.worth ? kLargest : number * unit.worth;
        }
    }
    if (name.find_first_of(" .,") != std::string_view::npos) {
        return malformed(quantity, text);
    }
    return Refusal{"unknown unit " + shown(name) + ", expected " +
                   std::string(quantity.unit_names)};
}

std::string write_quantity(const Quantity& quantity, std::int64_t amount) {
    for (const Unit& unit : quantity.units) {
        if (amount % unit.worth == 0) {
            return std::to_string(amount / unit.worth) + std::string(unit.name);
        }
    }
    return std::to_string(amount);
}

}  // namespace

Result<std::int64_t> parse_count(std::string_view text) {
    const bool negative = text.starts_with('-');
    const std::string_view digits = negative ? text.substr(1) : text;
    if (!is_number(digits)) {
        return Refusal{"expected a whole number, got " + shown(text)};
    }
    return negative ? -saturated(digits) : saturated(digits);
}

Result<std::int64_t> parse_size(std::string_view text) {
    return parse_quantity(kSize, text);
}

std::string write_size(std::int64_t bytes) {
    return bytes == 0 ? "0B" : write_quantity(kSize, bytes);
}

Result<std::chrono::milliseconds> parse_duration(std::string_view text) {
    const Result<std::int64_t> parsed = parse_quantity(kDuration, text);
    if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
        return *refusal;
    }
    return std::chrono::milliseconds(std::get<std::int64_t>(parsed));
}

std::string write_duration(std::chrono::milliseconds duration) {
    return duration.count() == 0 ? "0s" : write_quantity(kDuration, duration.count());
}

Result<unsigned> parse_mode(std::string_view text) {
    unsigned mode = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
    if (text.size() != 4 || text.front() != '0' || error != std::errc{} ||
        end != text.data() + text.size()) {
        return Refusal{"expected a mode of four octal digits such as \"0660\", got " + shown(text)};
    }
    return mode;
}

std::string write_mode(unsigned mode) {
    std::string digits = "0000";
    for (std::size_t i = digits.size(); i > 0; --i, mode /= 8) {
        digits[i - 1] = kDigits[mode % 8];
    }
    return digits;
}

}  // namespace catalogd::config

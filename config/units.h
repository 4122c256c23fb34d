#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace catalogd::config {

constexpr std::int64_t kKiB = 1024;
constexpr std::int64_t kMiB = 1024 * kKiB;
constexpr std::int64_t kGiB = 1024 * kMiB;

struct Refusal {
    std::string reason;
};

template <typename Value>
using Result = std::variant<Value, Refusal>;

/// Each parse_ takes exactly what its write_ gives back, and more; nothing else is guessed.

/// A whole number in decimal digits, with no leading zero.
Result<std::int64_t> parse_count(std::string_view text);

/// A whole number and a unit, in bytes: B, KB, MB, GB are thousands, KiB, MiB, GiB powers of 1024.
Result<std::int64_t> parse_size(std::string_view text);
std::string write_size(std::int64_t bytes);

/// A whole number and a unit: ms, s, m, h, d.
Result<std::chrono::milliseconds> parse_duration(std::string_view text);
std::string write_duration(std::chrono::milliseconds duration);

/// Four octal digits, the first of them 0.
Result<unsigned> parse_mode(std::string_view text);
std::string write_mode(unsigned mode);

}  // namespace catalogd::config

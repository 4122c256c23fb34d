// Values that the decoder has checked: a message that holds one need not be checked again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/values.h"

namespace catalogd::protocol {

// A value that satisfies Rule. Rule has a type `Value` and a function
// `check(const Value&)` that returns why the value is refused, or nothing.
template <class Rule>
struct Checked {
    using Value = typename Rule::Value;
    Value value{};
};

using Refusal = std::optional<std::string>;

// Text of `low` to `high` characters (or bytes, for Unit) without control characters.
enum class Unit { characters, bytes };
Refusal check_text(std::string_view text, std::size_t low, std::size_t high, Unit unit);
Refusal check_integer(std::int64_t value, std::int64_t low, std::int64_t high);
Refusal check_key(std::string_view bytes, std::size_t size);
Refusal check_count(std::size_t count, std::size_t high);

template <std::size_t low, std::size_t high, Unit unit = Unit::characters>
struct TextRule {
    using Value = std::string;
    static Refusal check(const std::string& text) { return check_text(text, low, high, unit); }
};

template <std::int64_t low, std::int64_t high>
struct IntegerRule {
    using Value = std::int64_t;
    static Refusal check(std::int64_t value) { return check_integer(value, low, high); }
};

// An array of at most `high` elements.
template <class Element, std::size_t high>
struct CountRule {
    using Value = std::vector<Element>;
    static Refusal check(const Value& elements) { return check_count(elements.size(), high); }
};

// `size` bytes, base64 on the wire; `value` holds the bytes.
template <std::size_t size>
struct Key {
    std::string value;
};

using ClientName = Checked<TextRule<1, 255>>;
using FileName = Checked<TextRule<1, 1024>>;
using FilePath = Checked<TextRule<1, 4096, Unit::bytes>>;
using MetricName = Checked<TextRule<1, 255>>;
using Label = Checked<TextRule<1, 255>>;  // a MIME type, a category
using RequestId = Checked<TextRule<1, 64, Unit::bytes>>;
using Crc = Checked<IntegerRule<0, 4294967295>>;
using Size = Checked<IntegerRule<0, INT64_MAX>>;
using Limit = Checked<IntegerRule<1, 1000>>;
using PublicKey = Key<160>;
using SessionKey = Key<32>;

inline constexpr std::int64_t default_limit = 100;

inline std::int64_t limit_of(const std::optional<Limit>& limit) {
    return limit ? limit->value : default_limit;
}

// What a value that may be left out holds.
template <class Rule>
std::optional<typename Rule::Value> value_of(const std::optional<Checked<Rule>>& checked) {
    return checked ? std::optional(checked->value) : std::nullopt;
}

}  // namespace catalogd::protocol

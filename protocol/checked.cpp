#include "protocol/checked.h"

namespace catalogd::protocol {
namespace {

// C0 controls, DEL, and the C1 controls, whose UTF-8 form is C2 80 to C2 9F.
bool has_control_character(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool c1 =
            byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (byte < 0x20 || byte == 0x7F || c1) {
            return true;
        }
    }
    return false;
}

}  // namespace

Refusal check_text(std::string_view text, std::size_t low, std::size_t high, Unit unit) {
    const std::size_t size = unit == Unit::bytes ? text.size() : count_characters(text);
    const std::string_view noun = unit == Unit::bytes ? " bytes" : " characters";
    if (size < low || size > high) {
        return "must have " + std::to_string(low) + " to " + std::to_string(high) +
               std::string(noun) + ", has " + std::to_string(size);
    }
    if (has_control_character(text)) {
        return "must not contain control characters";
    }
    return {};
}

Refusal check_integer(std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value < low || value > high) {
        return "must be " + std::to_string(low) + " to " + std::to_string(high) + ", is " +
               std::to_string(value);
    }
    return {};
}

Refusal check_key(std::string_view bytes, std::size_t size) {
    if (bytes.size() != size) {
        return "must be " + std::to_string(size) + " bytes, is " + std::to_string(bytes.size());
    }
    return {};
}

Refusal check_count(std::size_t count, std::size_t high) {
    if (count > high) {
        return "must have at most " + std::to_string(high) + " elements, has " +
               std::to_string(count);
    }
    return {};
}

}  // namespace catalogd::protocol

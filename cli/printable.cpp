#include "cli/printable.h"

#include "protocol/values.h"

namespace catalogd::cli {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

// The whole character at the front, or one byte where it begins none.
std::string_view first_character(std::string_view text) {
    const unsigned lead = byte_at(text, 0);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view character = text.substr(0, length);
    return protocol::is_utf8(character) ? character : text.substr(0, 1);
}

// What a terminal would act on instead of showing it.
bool acts(std::string_view character) {
    const unsigned lead = byte_at(character, 0);
    if (character.size() == 1) {
        return lead < 0x20 || lead >= 0x7F;
    }
    const unsigned second = byte_at(character, 1);
    if (character.size() == 2) {
        return lead == 0xC2 && second < 0xA0;  // C1
    }
    const unsigned third = byte_at(character, 2);
    const bool separator_or_direction = second == 0x80 && third >= 0xA8 && third <= 0xAE;
    const bool isolate = second == 0x81 && third >= 0xA6 && third <= 0xA9;
    return character.size() == 3 && lead == 0xE2 && (separator_or_direction || isolate);
}

void append_hex(std::string& out, unsigned byte) {
    out += hex_digits[byte >> 4U];
    out += hex_digits[byte & 15U];
}

std::string escape(std::string_view text, std::string_view allowed) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::string_view character = first_character(text);
        if (!acts(character) || allowed.find(character) != std::string_view::npos) {
            out += character;
        } else {
            for (std::size_t i = 0; i < character.size(); ++i) {
                append_hex(out += "\\x", byte_at(character, i));
            }
        }
        text.remove_prefix(character.size());
    }
    return out;
}

}  // namespace

std::string printable(std::string_view text) {
    return escape(text, "");
}

std::string printable_lines(std::string_view text) {
    return escape(text, "\n\t");
}

// DEL and C1 stand in JSON strings alone, and JSON's own escape for them is the same value.
std::string printable_json(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
        const unsigned byte = byte_at(json, i);
        const bool c1 = byte == 0xC2 && i + 1 < json.size() && byte_at(json, i + 1) < 0xA0;
        if (byte == 0x7F || c1) {
            append_hex(out += "\\u00", c1 ? byte_at(json, ++i) : byte);
        } else {
            out += json[i];
        }
    }
    return out;
}

}  // namespace catalogd::cli

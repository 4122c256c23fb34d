#include "config/characters.h"

#include <array>
#include <cstdint>

namespace catalogd::config {
namespace {

constexpr std::size_t kShownBytes = 60;

std::uint8_t byte_at(std::string_view text, std::size_t offset) {
    return static_cast<std::uint8_t>(text[offset]);
}

std::string hex(std::uint8_t byte) {
    constexpr std::string_view digits = "0123456789abcdef";
    return std::string{digits[byte / 16U], digits[byte % 16U]};
}

bool is_control(std::uint8_t byte) {
    return byte < 0x20 || byte == 0x7f;
}

/// How a sequence of more than one byte starts, and which second bytes may follow: the narrower
/// ranges shut out overlong forms, surrogates and what lies above U+10FFFF.
struct Lead {
    std::uint8_t first, last;
    std::size_t length;
    std::uint8_t second_first, second_last;
};

constexpr std::array kLeads{
    Lead{0xc2, 0xdf, 2, 0x80, 0xbf}, Lead{0xe0, 0xe0, 3, 0xa0, 0xbf},
    Lead{0xe1, 0xec, 3, 0x80, 0xbf}, Lead{0xed, 0xed, 3, 0x80, 0x9f},
    Lead{0xee, 0xef, 3, 0x80, 0xbf}, Lead{0xf0, 0xf0, 4, 0x90, 0xbf},
    Lead{0xf1, 0xf3, 4, 0x80, 0xbf}, Lead{0xf4, 0xf4, 4, 0x80, 0x8f},
};

bool continues(std::string_view text, std::size_t offset, std::uint8_t first, std::uint8_t last) {
    return offset < text.size() && byte_at(text, offset) >= first && byte_at(text, offset) <= last;
}

/// How many bytes the character at the offset has; zero where the bytes are not UTF-8.
std::size_t character_length(std::string_view text, std::size_t offset) {
    const std::uint8_t first = byte_at(text, offset);
    if (first < 0x80) {
        return 1;
    }
    for (const Lead& lead : kLeads) {
        if (first < lead.first || first > lead.last) {
            continue;
        }
        bool whole = continues(text, offset + 1, lead.second_first, lead.second_last);
        for (std::size_t i = 2; i < lead.length; ++i) {
            whole = whole && continues(text, offset + i, 0x80, 0xbf);
        }
        return whole ? lead.length : 0;
    }
    return 0;
}

}  // namespace

std::optional<BadByte> find_bad_byte(std::string_view text, Lines lines) {
    for (std::size_t offset = 0; offset < text.size();) {
        const std::uint8_t byte = byte_at(text, offset);
        const bool line_byte = byte == '\t' || byte == '\n' || byte == '\r';
        if (is_control(byte) && !(line_byte && lines == Lines::Allowed)) {
            return BadByte{offset, "holds the control character 0x" + hex(byte)};
        }
        const std::size_t length = character_length(text, offset);
        if (length == 0) {
            return BadByte{offset, "is not UTF-8: byte 0x" + hex(byte)};
        }
        offset += length;
    }
    return std::nullopt;
}

std::string shown(std::string_view text) {
    std::string out = "\"";
    for (std::size_t offset = 0; offset < text.size();) {
        if (offset >= kShownBytes) {
            return out + "...\"";
        }
        const std::uint8_t byte = byte_at(text, offset);
        const std::size_t length = character_length(text, offset);
        if (length == 0 || is_control(byte)) {
            out += "\\x" + hex(byte);
            ++offset;
        } else {
            out += text.substr(offset, length);
            offset += length;
        }
    }
    return out + "\"";
}

std::string printable(std::string_view text) {
    const std::string quoted = shown(text);
    return quoted.substr(1, quoted.size() - 2);
}

}  // namespace catalogd::config

#include "catalog/utf8.h"

namespace catalogd::catalog::utf8 {

char32_t first_character(std::string_view text) {
    const std::size_t length = length_of(text.front());
    auto c = static_cast<char32_t>(static_cast<unsigned char>(text.front()));
    c &= length == 1 ? 0x7FU : 0xFFU >> (length + 1);
    for (std::size_t i = 1; i < length && i < text.size(); ++i) {
        c = (c << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    }
    return c;
}

void append(std::string& out, char32_t c) {
    const auto byte = [&](char32_t bits) { out += static_cast<char>(bits); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6U));
        byte(0x80 | (c & 0x3FU));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12U));
        byte(0x80 | ((c >> 6U) & 0x3FU));
        byte(0x80 | (c & 0x3FU));
    } else {
        byte(0xF0 | (c >> 18U));
        byte(0x80 | ((c >> 12U) & 0x3FU));
        byte(0x80 | ((c >> 6U) & 0x3FU));
        byte(0x80 | (c & 0x3FU));
    }
}

}  // namespace catalogd::catalog::utf8

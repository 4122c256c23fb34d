// Characters of well-formed UTF-8, one by one. Other bytes are some characters.
#pragma once

#include <string>
#include <string_view>

namespace catalogd::catalog::utf8 {

// Bytes of the character that begins with this one.
inline std::size_t length_of(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Of a text that is not empty.
char32_t first_character(std::string_view text);

void append(std::string& out, char32_t character);

}  // namespace catalogd::catalog::utf8

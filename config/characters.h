#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace catalogd::config {

struct BadByte {
    std::size_t offset;
    std::string reason;
};

/// The first byte that text must not hold: one that is not UTF-8, or a control character. Tabs and
/// line ends pass only where `lines` says that the text has lines.
enum class Lines { Refused, Allowed };
std::optional<BadByte> find_bad_byte(std::string_view text, Lines lines);

/// The text in quotes for a message: on one line, printable whatever it holds, and not too long.
std::string shown(std::string_view text);

/// The same without the quotes: of names, and of others' messages, which quote bytes of the file.
std::string printable(std::string_view text);

}  // namespace catalogd::config

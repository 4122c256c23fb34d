// Text that is safe to show on a terminal, whatever it was made of.
#pragma once

#include <string>
#include <string_view>

namespace catalogd::cli {

// One line: control characters (C0, DEL, C1), what turns the direction of writing, and bytes that
// are not UTF-8 appear as \xNN.
std::string printable(std::string_view text);

// The same, with newlines and tabs left as they are.
std::string printable_lines(std::string_view text);

// JSON whose strings hold no control character that a terminal would act on; the value is the same.
std::string printable_json(std::string_view json);

}  // namespace catalogd::cli

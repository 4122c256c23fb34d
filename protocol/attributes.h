// A file's attributes as the catalog keeps them: the text of a JSON object of strings.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace catalogd::protocol {

std::string attributes_text(const std::map<std::string, std::string>& attributes);

// Of text that attributes_text made; anything else in it is left out.
std::map<std::string, std::string> parse_attributes(std::string_view text);

}  // namespace catalogd::protocol

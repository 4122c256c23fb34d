#include "cli/listing.h"

#include <cctype>

namespace catalogd::cli {

std::string wire_name(std::string_view member) {
    std::string name;
    bool upper = false;
    for (const char c : member) {
        if (c == '_') {
            upper = true;
            continue;
        }
        name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = false;
    }
    return name;
}

}  // namespace catalogd::cli

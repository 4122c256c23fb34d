#include "cli/exit_code.h"

namespace catalogd::cli {

std::string exit_code_help() {
    std::string text = "Exit codes:\n";
    for (const ExitMeaning& row : exit_meanings) {
        std::string number = std::to_string(static_cast<int>(row.code));
        number.resize(5, ' ');
        ((text += "  ") += number) += row.meaning;
        text += '\n';
    }
    return text;
}

}  // namespace catalogd::cli

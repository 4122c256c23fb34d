// The commands as they are declared, for whoever needs their names: completion, suggestions, the
// manual page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace catalogd::cli {

struct CommandTree {
    struct Option {
        std::vector<std::string> names;  // "--json", "-h"
        bool takes_value = false;
        std::string value;    // "PATH"; empty where it takes none
        std::string summary;  // one line
    };
    struct Word {
        std::string name;  // "CLIENT"
        std::string summary;
        bool required = false;
    };
    std::string name;
    std::string summary;
    std::string after;            // what its help ends with: examples
    std::vector<Option> options;  // those of the commands above hold as well
    std::vector<Word> words;      // that it takes, in their order
    std::vector<CommandTree> commands;
};

// The script for bash that completes commands and options, and file names after them.
std::string bash_completion(const CommandTree& root);

// The manual page catalogctl(1), as roff.
std::string manual_page(const CommandTree& root, std::string_view version);

// What is wrong with a command line that names a command or an option that does not exist, with
// the nearest one that does; empty where every name is known.
std::string explain_unknown(const CommandTree& root, const std::vector<std::string>& arguments);

// How many characters must be added, removed, changed or swapped with their neighbour.
std::size_t edit_distance(std::string_view from, std::string_view to);

}  // namespace catalogd::cli

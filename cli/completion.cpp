#include <algorithm>
#include <iterator>

#include "cli/command_tree.h"

namespace catalogd::cli {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
    std::string text;
    for (const std::string& word : words) {
        (text += text.empty() ? "" : separator) += word;
    }
    return text;
}

void append_new(std::vector<std::string>& words, const std::vector<std::string>& more) {
    std::copy_if(more.begin(), more.end(), std::back_inserter(words), [&](const auto& word) {
        return std::find(words.begin(), words.end(), word) == words.end();
    });
}

void collect_value_options(const CommandTree& tree, std::vector<std::string>& names) {
    for (const CommandTree::Option& option : tree.options) {
        if (option.takes_value) {
            append_new(names, option.names);
        }
    }
    for (const CommandTree& command : tree.commands) {
        collect_value_options(command, names);
    }
}

// One line of the two case statements for each command: how a word leads to it, and what may
// follow it.
struct Cases {
    std::vector<std::string> steps;
    std::string candidates;
};

void collect(const CommandTree& tree, const std::string& path, std::vector<std::string> above,
             Cases& cases) {
    for (const CommandTree::Option& option : tree.options) {
        append_new(above, option.names);
    }
    std::vector<std::string> words;
    for (const CommandTree& command : tree.commands) {
        words.push_back(command.name);
        cases.steps.push_back('\'' + path + '/' + command.name + '\'');
    }
    words.insert(words.end(), above.begin(), above.end());
    cases.candidates += "        '" + path + "') words='" + joined(words, " ") + "' ;;\n";
    for (const CommandTree& command : tree.commands) {
        collect(command, path + '/' + command.name, above, cases);
    }
}

}  // namespace

std::string bash_completion(const CommandTree& root) {
    Cases cases;
    collect(root, "", {}, cases);
    std::vector<std::string> value_options;
    collect_value_options(root, value_options);
    const std::string takes_value = joined(value_options, "|");
    const std::string function = '_' + root.name;
    return "# bash completion for " + root.name + "\n" + function +
           "() {\n"
           "    local current=${COMP_WORDS[COMP_CWORD]} path= words= word i\n"
           "    COMPREPLY=()\n"
           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "        word=${COMP_WORDS[i]}\n"
           "        case $word in\n"
           "            " +
           takes_value +
           ") ((i++)); continue ;;\n"
           "        esac\n"
           "        case $path/$word in\n"
           "            " +
           joined(cases.steps, "|") +
           ") path=$path/$word ;;\n"
           "        esac\n"
           "    done\n"
           "    # The value of an option: left to bash, which offers file names.\n"
           "    ((i == COMP_CWORD)) || return 0\n"
           "    case $path in\n" +
           cases.candidates +
           "    esac\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
           "}\n"
           "complete -o default -F " +
           function + ' ' + root.name + '\n';
}

}  // namespace catalogd::cli

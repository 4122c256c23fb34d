// The command line: which commands there are, what each takes, and what a line asks for.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/command_tree.h"
#include "cli/session.h"

namespace catalogd::cli {

struct CommandLine {
    GlobalOptions options;
    // What is to be done. Empty where there is but a text to print: help, a version, a mistake.
    std::function<Outcome(Session&)> command;
    std::string text;
    ExitCode code = ExitCode::ok;  // with the text: where it is not `ok`, it goes to stderr
};

// `arguments` without the program's name.
CommandLine parse_command_line(const std::vector<std::string>& arguments);

CommandTree command_tree();

}  // namespace catalogd::cli

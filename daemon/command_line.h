// The daemon's flags.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "config/loader.h"

namespace catalogd::daemon {

enum class Action { serve, check_config, dump_config };

struct CommandLine {
    Action action = Action::serve;
    std::optional<std::string> config_file;
    std::vector<config::Override> overrides;
};

// The command line, or the exit code of a program that has said all there is to say.
std::variant<CommandLine, int> parse_command_line(int count, const char* const* arguments);

}  // namespace catalogd::daemon

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>

#include "cli/command_line.h"
#include "cli/printable.h"

namespace catalogd::cli {
namespace {

bool colour_wanted() {
    const char* refused = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    return (refused == nullptr || *refused == '\0') && terminal != nullptr &&
           std::string_view(terminal) != "dumb";
}

Terminal look_at_terminal() {
    Terminal terminal;
    terminal.in = isatty(STDIN_FILENO) != 0;
    terminal.out = isatty(STDOUT_FILENO) != 0;
    terminal.err = isatty(STDERR_FILENO) != 0;
    terminal.colour = terminal.out && colour_wanted();
    winsize size{};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        terminal.columns = size.ws_col;
    }
    return terminal;
}

ExitCode run_command(const CommandLine& line) {
    Session session{line.options, look_at_terminal(), std::cin, std::cout, std::cerr};
    const Outcome outcome = line.command(session);
    if (!outcome) {
        tell(session, outcome.error());
        return outcome.error().code;
    }
    if (!std::cout.flush()) {
        tell(session, {ExitCode::failed, "cannot write to standard output"});
        return ExitCode::failed;
    }
    return *outcome;
}

ExitCode run(const std::vector<std::string>& arguments) {
    const CommandLine line = parse_command_line(arguments);
    if (line.command) {
        return run_command(line);
    }
    (line.code == ExitCode::ok ? std::cout : std::cerr) << printable_lines(line.text);
    return std::cout.flush() ? line.code : ExitCode::failed;
}

}  // namespace
}  // namespace catalogd::cli

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    try {
        return static_cast<int>(catalogd::cli::run({argv + 1, argv + argc}));
    } catch (const std::exception& error) {
        std::cerr << "catalogctl: " << catalogd::cli::printable(error.what()) << '\n';
        return static_cast<int>(catalogd::cli::ExitCode::failed);
    }
}

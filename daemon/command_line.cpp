#include "daemon/command_line.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <array>

#include "daemon/exit_code.h"
#include "protocol/version.h"

namespace catalogd::daemon {

namespace {

// A flag that takes the place of what the file says of one key.
struct Overruling {
    const char* flag;
    const char* key;
    const char* value;  // as the help calls it
    const char* sentence;
};

constexpr std::array overruling{
    Overruling{"--database", "database.path", "FILE", "Use this database, whatever the file says"},
    Overruling{"--socket", "socket.path", "PATH",
               "Serve on this Unix socket, whatever the file says"},
    Overruling{"--http", "http.address", "ADDRESS:PORT",
               "Serve HTTP there, or nowhere: off; whatever the file says"},
};

}  // namespace

std::variant<CommandLine, int> parse_command_line(int count, const char* const* arguments) {
    CLI::App app("The daemon that owns a backup server's catalog.", "catalogd");
    CommandLine line;
    std::string config_file;
    std::array<std::string, overruling.size()> values;
    bool check = false;
    bool dump = false;
    const auto* config_option =
        app.add_option("--config", config_file, "Read this configuration file")->type_name("FILE");
    for (std::size_t i = 0; i < overruling.size(); ++i) {
        app.add_option(overruling[i].flag, values[i], overruling[i].sentence)
            ->type_name(overruling[i].value);
    }
    auto* checking = app.add_flag("--check-config", check, "Say what is wrong with it, and end");
    app.add_flag("--dump-config", dump, "Print every value and where it came from, and end")
        ->excludes(checking);
    app.set_version_flag("--version", "catalogd " + std::string(protocol::version));
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& ending) {
        return app.exit(ending) == 0 ? exit_ok : exit_usage;
    }
    line.action = check ? Action::check_config : dump ? Action::dump_config : Action::serve;
    // A flag that was given counts, even when empty: a script's unset variable must not mean the
    // default.
    if (config_option->count() > 0) {
        line.config_file = config_file;
    }
    for (std::size_t i = 0; i < overruling.size(); ++i) {
        if (app.count(overruling[i].flag) > 0) {
            line.overrides.push_back({overruling[i].flag, overruling[i].key, values[i]});
        }
    }
    return line;
}

}  // namespace catalogd::daemon

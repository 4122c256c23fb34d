#include "daemon/command_line.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "daemon/exit_code.h"
#include "protocol/version.h"

namespace catalogd::daemon {

std::variant<CommandLine, int> parse_command_line(int count, const char* const* arguments) {
    CLI::App app("The daemon that owns a backup server's catalog.", "catalogd");
    CommandLine line;
    std::string config_file;
    std::string database;
    std::string socket;
    std::string http;
    bool check = false;
    bool dump = false;
    const auto* config_option =
        app.add_option("--config", config_file, "Read this configuration file")->type_name("FILE");
    const auto* database_option =
        app.add_option("--database", database, "Use this database, whatever the file says")
            ->type_name("FILE");
    const auto* socket_option =
        app.add_option("--socket", socket, "Serve on this Unix socket, whatever the file says")
            ->type_name("PATH");
    const auto* http_option =
        app.add_option("--http", http, "Serve HTTP there, or nowhere: off; whatever the file says")
            ->type_name("ADDRESS:PORT");
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
    if (database_option->count() > 0) {
        line.overrides.push_back({"--database", "database.path", database});
    }
    if (socket_option->count() > 0) {
        line.overrides.push_back({"--socket", "socket.path", socket});
    }
    if (http_option->count() > 0) {
        line.overrides.push_back({"--http", "http.address", http});
    }
    return line;
}

}  // namespace catalogd::daemon

// How a command is declared: for command_line.cpp alone, since CLI11 takes seconds to compile.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <functional>
#include <memory>

#include "cli/exit_code.h"
#include "cli/session.h"
#include "protocol/version.h"

namespace catalogd::cli {

inline constexpr const char* default_socket = "/run/catalogd.sock";

inline constexpr const char* common_options =
    "Options of every command: --socket PATH, --json, --no-legend\n";

// Leaves out which options exclude each other: --json excludes the --csv of every list.
class HelpFormatter : public CLI::Formatter {
    std::string make_option_opts(const CLI::Option* option) const override {
        const std::string text = CLI::Formatter::make_option_opts(option);
        return text.substr(0, text.find(" Excludes:"));
    }
};

// The program and its options; whoever derives declares its commands.
class Declaration {
public:
    explicit Declaration(const std::string& examples)
        : app_("Asks and tells catalogd, the daemon that owns the catalog.", "catalogctl") {
        app_.fallthrough();
        app_.require_subcommand(1);
        app_.set_version_flag("--version", "catalogctl " + std::string(protocol::version));
        app_.formatter(std::make_shared<HelpFormatter>());
        app_.get_formatter()->column_width(34);
        app_.footer(examples + '\n' + exit_code_help());
        declare_globals();
    }

    CLI::App& app() { return app_; }
    GlobalOptions options;
    std::function<Outcome(Session&)> chosen;

protected:
    CLI::App& noun(const char* name, const char* summary) {
        CLI::App& app = *app_.add_subcommand(name, summary);
        app.require_subcommand(1);
        app.fallthrough();
        app.footer(common_options);
        return app;
    }

    // `declare(app, values)` names what the command takes.
    template <class Command, class Declare>
    void add(CLI::App& parent, const char* name, const char* summary, const char* example,
             Declare declare) {
        CLI::App& app = *parent.add_subcommand(name, summary);
        app.fallthrough();
        app.footer(std::string("Example: catalogctl ") + example + '\n' + common_options);
        const auto values = std::make_shared<Command>();
        declare(app, *values);
        app.callback([this, values] {
            chosen = [values](Session& session) { return run(session, *values); };
        });
    }

    static void word(CLI::App& app, const char* name, std::string& value, const char* summary) {
        app.add_option(name, value, summary)->required()->type_name("");
    }
    static void option(CLI::App& app, const char* name, std::string& value, const char* summary,
                       const char* type) {
        app.add_option(name, value, summary)->type_name(type);
    }
    static void client_option(CLI::App& app, std::string& value, bool required) {
        app.add_option("--client", value, "The client's name or id")
            ->required(required)
            ->type_name("NAME-or-ID");
    }
    static void limit_option(CLI::App& app, std::int64_t& value) {
        app.add_option("--limit", value, "So many at most")
            ->type_name("N")
            ->check(CLI::PositiveNumber);
    }
    // Of a command that prints a list.
    void csv_flag(CLI::App& app) {
        app.add_flag("--csv", options.csv, "Print CSV, with a header")->excludes(json_);
    }
    static void yes_flag(CLI::App& app, bool& value, const char* what = "Delete without asking") {
        app.add_flag("--yes,-y", value, what);
    }

private:
    void declare_globals() {
        const char* socket = std::getenv("CATALOGD_SOCKET");
        options.socket = socket != nullptr && *socket != '\0' ? socket : default_socket;
        app_.add_option("--socket", options.socket,
                        "The daemon's socket ($CATALOGD_SOCKET, else /run/catalogd.sock)")
            ->type_name("PATH");
        json_ = app_.add_flag("--json", options.json, "Print JSON, one object per line");
        app_.add_flag("--no-legend", options.no_legend,
                      "Print tables and CSV without their header");
    }

    CLI::App app_;
    CLI::Option* json_ = nullptr;
};

}  // namespace catalogd::cli

#include "cli/command_line.h"

#include <algorithm>
#include <ostream>

#include "cli/console_commands.ipp"
#include "cli/events.h"
#include "cli/health.h"
#include "cli/report.h"
#include "cli/scan.h"
#include "cli/service.h"

namespace catalogd::cli {
namespace {

constexpr const char* examples =
    "Examples:\n"
    "  catalogctl status\n"
    "  catalogctl clients add laptop\n"
    "  catalogctl scan /srv/backup/laptop --client laptop\n"
    "  catalogctl files find report --extension pdf --order largest\n"
    "  catalogctl clients list --json | jq -r .name\n"
    "  catalogctl files list --client laptop --csv > laptop.csv\n"
    "  catalogctl call io.catalogd.Clients.Get '{\"name\":\"laptop\"}'\n"
    "  source <(catalogctl completion bash)\n";

struct BashCompletion {};

Outcome run(Session& session, const BashCompletion&) {
    session.out << bash_completion(command_tree());
    return ExitCode::ok;
}

struct Manual {};

Outcome run(Session& session, const Manual&) {
    session.out << manual_page(command_tree(), protocol::version);
    return ExitCode::ok;
}

// The declaration of every command, and where its values go.
class Parser : public ConsoleCommands {
public:
    Parser() : ConsoleCommands(examples) {
        declare_service();
        declare_catalog();
        declare_console();
        declare_scan();
        declare_admin();
        declare_completion();
    }

private:
    void declare_service() {
        add<Status>(app(), "status", "Whether the daemon runs, and how much it holds",
                    "status --json", [](CLI::App&, Status&) {});
        add<HealthCommand>(app(), "health",
                           "Whether all is well; exits with 0 where it is, 1 for warnings, 2 for "
                           "failures",
                           "health || catalogctl health --json", [](CLI::App&, HealthCommand&) {});
        CLI::App& events = noun("events", "What the daemon tells by itself");
        add<EventsFollow>(
            events, "follow", "Print each event as it happens, until Ctrl-C",
            "events follow --type 'io.catalogd.job.*'", [](CLI::App& app, EventsFollow& follow) {
                app.add_option("--type", follow.types,
                               "Only of this type, or of those that begin so: "
                               "io.catalogd.job.*; may be repeated")
                    ->type_name("TYPE")
                    ->allow_extra_args(false);
                option(app, "--after", follow.after,
                       "Go on behind this sequence, which was the last one seen", "SEQUENCE");
            });
        add<Dashboard>(app(), "dashboard", "Where the dashboard is, and the way from elsewhere",
                       "dashboard", [](CLI::App&, Dashboard&) {});
        add<Report>(app(), "report", "Write an archive for a bug report, without secrets", "report",
                    [](CLI::App& app, Report& report) {
                        app.add_option("FILE", report.file, "Must not be there yet")->type_name("");
                    });
        add<Call>(
            app(), "call", "Call any method of the daemon", "call io.catalogd.Files.List --more",
            [](CLI::App& app, Call& call) {
                word(app, "METHOD", call.method, "Its whole name: io.catalogd.Clients.Get");
                app.add_option("JSON", call.parameters, "Its parameters, one object; - reads stdin")
                    ->type_name("");
                app.add_flag("--more", call.more, "Print every reply of a method that streams");
            });
        add<Introspect>(app(), "introspect", "Show the interfaces that the daemon offers",
                        "introspect io.catalogd.Files", [](CLI::App& app, Introspect& introspect) {
                            app.add_option("INTERFACE", introspect.interface,
                                           "Show this one's description")
                                ->type_name("");
                        });
    }

    void declare_scan() {
        add<Scan>(app(), "scan", "Record a directory tree as a client's files",
                  "scan /srv/backup/laptop --client laptop", [](CLI::App& app, Scan& scan) {
                      word(app, "DIR", scan.directory,
                           "Each file below it is recorded; repeat it to go on, or to catch up");
                      client_option(app, scan.client, true);
                  });
    }

    void declare_completion() {
        CLI::App& completion = noun("completion", "Print a script that completes command lines");
        add<BashCompletion>(completion, "bash", "For bash", "completion bash > catalogctl.bash",
                            [](CLI::App&, BashCompletion&) {});
        add<Manual>(app(), "manual", "Print the manual page of this program",
                    "manual | man --local-file -", [](CLI::App&, Manual&) {});
    }
};

CommandTree tree_of(CLI::App& app) {
    CommandTree tree;
    tree.name = app.get_name();
    tree.summary = app.get_description();
    tree.after = app.get_footer();
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_positional()) {
            tree.words.push_back(
                {option->get_name(true), option->get_description(), option->get_required()});
        }
        CommandTree::Option known{{},
                                  option->get_items_expected_max() > 0,
                                  option->get_type_name(),
                                  option->get_description()};
        for (const std::string& name : option->get_lnames()) {
            known.names.push_back("--" + name);
        }
        for (const std::string& name : option->get_snames()) {
            known.names.push_back('-' + name);
        }
        if (!known.names.empty()) {
            tree.options.push_back(known);
        }
    }
    for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        tree.commands.push_back(tree_of(*command));
    }
    return tree;
}

// What CLI11 says, in the words of this program.
std::string explain(const CLI::ParseError& error, const CommandTree& at) {
    std::string text;
    for (const CommandTree& command : at.commands) {
        text += (text.empty() ? " needs one of: " : ", ") + command.name;
    }
    return text.empty() ? error.what() : at.name + text;
}

CommandLine mistake(CLI::App& app, const CLI::ParseError& error,
                    const std::vector<std::string>& arguments) {
    CommandLine line;
    line.code = ExitCode::usage;
    if (arguments.empty()) {
        line.text = app.help();
        return line;
    }
    CLI::App* at = &app;
    std::string command = at->get_name();
    while (!at->get_subcommands().empty()) {
        at = at->get_subcommands().front();
        command += ' ' + at->get_name();
    }
    const std::string unknown = explain_unknown(tree_of(app), arguments);
    line.text = "catalogctl: " + (unknown.empty() ? explain(error, tree_of(*at)) : unknown) +
                "\nSee " + command + " --help\n";
    return line;
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& arguments) {
    Parser parser;
    // CLI11 takes them from the back.
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    CommandLine line;
    try {
        parser.app().parse(reversed);
        line.options = parser.options;
        line.command = parser.chosen;
    } catch (const CLI::CallForHelp&) {
        line.text = parser.app().help();
    } catch (const CLI::CallForVersion& version) {
        line.text = std::string(version.what()) + '\n';
    } catch (const CLI::ParseError& error) {
        return mistake(parser.app(), error, arguments);
    }
    return line;
}

CommandTree command_tree() {
    Parser parser;
    return tree_of(parser.app());
}

}  // namespace catalogd::cli

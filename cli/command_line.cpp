#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <ostream>

#include "cli/clients.h"
#include "cli/files.h"
#include "cli/scan.h"
#include "cli/service.h"
#include "protocol/version.h"

namespace catalogd::cli {
namespace {

constexpr const char* default_socket = "/run/catalogd.sock";

constexpr const char* examples =
    "Examples:\n"
    "  catalogctl status\n"
    "  catalogctl clients add laptop\n"
    "  catalogctl scan /srv/backup/laptop --client laptop\n"
    "  catalogctl files list --client laptop --limit 20\n"
    "  catalogctl clients list --json | jq -r .name\n"
    "  catalogctl call io.catalogd.Clients.Get '{\"name\":\"laptop\"}'\n"
    "  source <(catalogctl completion bash)\n";

constexpr const char* common_options =
    "Options of every command: --socket PATH, --json, --no-legend\n";

struct BashCompletion {};

Outcome run(Session& session, const BashCompletion&) {
    session.out << bash_completion(command_tree());
    return ExitCode::ok;
}

// The declaration of every command, and where its values go.
class Parser {
public:
    Parser() : app_("Asks and tells catalogd, the daemon that owns the catalog.", "catalogctl") {
        app_.fallthrough();
        app_.require_subcommand(1);
        app_.set_version_flag("--version", "catalogctl " + std::string(protocol::version));
        app_.get_formatter()->column_width(34);
        app_.footer(std::string(examples) + '\n' + exit_code_help());
        declare_globals();
        declare_service();
        declare_clients();
        declare_files();
        declare_scan();
        declare_completion();
    }

    CLI::App& app() { return app_; }
    GlobalOptions options;
    std::function<Outcome(Session&)> chosen;

private:
    void declare_globals() {
        const char* socket = std::getenv("CATALOGD_SOCKET");
        options.socket = socket != nullptr && *socket != '\0' ? socket : default_socket;
        app_.add_option("--socket", options.socket,
                        "The daemon's socket ($CATALOGD_SOCKET, else /run/catalogd.sock)")
            ->type_name("PATH");
        app_.add_flag("--json", options.json, "Print JSON, one object per line");
        app_.add_flag("--no-legend", options.no_legend, "Print tables without their header");
    }

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
    static void yes_flag(CLI::App& app, bool& value) {
        app.add_flag("--yes,-y", value, "Delete without asking");
    }

    void declare_service() {
        add<Status>(app_, "status", "Whether the daemon runs, and how much it holds",
                    "status --json", [](CLI::App&, Status&) {});
        add<Call>(
            app_, "call", "Call any method of the daemon", "call io.catalogd.Files.List --more",
            [](CLI::App& app, Call& call) {
                word(app, "METHOD", call.method, "Its whole name: io.catalogd.Clients.Get");
                app.add_option("JSON", call.parameters, "Its parameters, one object; - reads stdin")
                    ->type_name("");
                app.add_flag("--more", call.more, "Print every reply of a method that streams");
            });
        add<Introspect>(app_, "introspect", "Show the interfaces that the daemon offers",
                        "introspect io.catalogd.Files", [](CLI::App& app, Introspect& introspect) {
                            app.add_option("INTERFACE", introspect.interface,
                                           "Show this one's description")
                                ->type_name("");
                        });
    }

    void declare_clients() {
        CLI::App& clients = noun("clients", "Who may store files");
        add<ClientsList>(clients, "list", "List clients", "clients list --order most-bytes",
                         [](CLI::App& app, ClientsList& list) {
                             option(app, "--text", list.text,
                                    "Only names that contain this, in any case", "TEXT");
                             app.add_option("--order", list.order, "By name unless told")
                                 ->type_name("ORDER")
                                 ->transform(CLI::IsMember(client_orders()));
                         });
        add<ClientsShow>(clients, "show", "Show one client", "clients show laptop",
                         [](CLI::App& app, ClientsShow& show) {
                             word(app, "CLIENT", show.client, "Its name or id");
                         });
        add<ClientsAdd>(
            clients, "add", "Add a client", "clients add laptop --public-key laptop.pub",
            [](CLI::App& app, ClientsAdd& client) {
                word(app, "NAME", client.name, "1 to 255 characters");
                option(app, "--id", client.id, "Its id, where it has one already", "ID");
                option(app, "--public-key", client.public_key, "160 bytes, raw or as base64",
                       "FILE");
            });
        add<ClientsDelete>(clients, "delete", "Delete a client and its file records",
                           "clients delete laptop", [](CLI::App& app, ClientsDelete& client) {
                               word(app, "CLIENT", client.client, "Its name or id");
                               yes_flag(app, client.yes);
                           });
    }

    void declare_files() {
        CLI::App& files = noun("files", "The records of what clients have stored");
        add<FilesList>(files, "list", "List file records", "files list --client laptop --limit 20",
                       [](CLI::App& app, FilesList& list) {
                           client_option(app, list.client, false);
                           app.add_option("--limit", list.limit, "So many at most")
                               ->type_name("N")
                               ->check(CLI::PositiveNumber);
                       });
        add<FilesShow>(files, "show", "Show one record", "files show --client laptop etc/hosts",
                       [](CLI::App& app, FilesShow& file) {
                           client_option(app, file.client, true);
                           word(app, "NAME", file.name, "The file's name in the catalog");
                       });
        add<FilesDelete>(files, "delete", "Delete one record; the file itself stays",
                         "files delete --client laptop etc/hosts",
                         [](CLI::App& app, FilesDelete& file) {
                             client_option(app, file.client, true);
                             word(app, "NAME", file.name, "The file's name in the catalog");
                             yes_flag(app, file.yes);
                         });
    }

    void declare_scan() {
        add<Scan>(app_, "scan", "Record a directory tree as a client's files",
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
    }

    CLI::App app_;
};

CommandTree tree_of(CLI::App& app) {
    CommandTree tree{app.get_name(), {}, {}};
    for (const CLI::Option* option : app.get_options()) {
        CommandTree::Option known{{}, option->get_items_expected_max() > 0};
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

#include "cli/service.h"

#include <istream>
#include <iterator>
#include <ostream>

#include "cli/figures.h"
#include "cli/json_lines.h"
#include "cli/printable.h"
#include "cli/table.h"
#include "protocol/clients.h"
#include "protocol/service.h"

namespace catalogd::cli {
namespace {

namespace clients = protocol::clients;
namespace service = protocol::service;

struct Totals {
    std::int64_t clients = 0;
    std::int64_t files = 0;
    std::int64_t verified_files = 0;
    std::int64_t bytes = 0;
};

Result<Totals> sum_clients(VarlinkClient& daemon) {
    Totals totals;
    clients::List all;
    all.limit = protocol::Limit{1000};
    const auto add = [&](const clients::List::Reply& reply, protocol::Parameters) {
        for (const clients::Client& client : reply.clients) {
            ++totals.clients;
            totals.files += client.files;
            totals.verified_files += client.verified_files;
            totals.bytes += client.bytes;
        }
        return true;
    };
    if (auto done = daemon.stream(all, add); !done) {
        return done.error();
    }
    return totals;
}

void print_json(Session& session, const std::string& version, std::optional<pid_t> pid,
                const Totals& totals) {
    std::string json = "{\"version\":";
    protocol::append_quoted(json, version);
    protocol::append_quoted(json += ",\"socket\":", printable(session.options.socket));
    (json += ",\"pid\":") += pid ? std::to_string(*pid) : "null";
    (json += ",\"clients\":") += std::to_string(totals.clients);
    (json += ",\"files\":") += std::to_string(totals.files);
    (json += ",\"verifiedFiles\":") += std::to_string(totals.verified_files);
    (json += ",\"bytes\":") += std::to_string(totals.bytes);
    session.out << printable_json(json += '}') << '\n';
}

Result<std::string> read_parameters(Session& session, const Call& command) {
    std::string text = command.parameters;
    if (text == "-") {
        text.assign(std::istreambuf_iterator<char>(session.in), {});
        text.resize(text.find_last_not_of(" \t\r\n") + 1);
    }
    if (auto reason = refuse_parameters(text)) {
        return usage_failure("the parameters are " + *reason);
    }
    return text;
}

Outcome list_interfaces(Session& session, VarlinkClient& daemon) {
    const auto info = daemon.call(service::GetInfo{});
    if (!info) {
        return info.error();
    }
    std::string json = "{\"interfaces\":[";
    for (const std::string& name : info->interfaces) {
        protocol::append_quoted(json.back() == '[' ? json : json += ',', name);
        if (!session.options.json) {
            session.out << printable(name) << '\n';
        }
    }
    if (session.options.json) {
        session.out << printable_json(json += "]}") << '\n';
    }
    return ExitCode::ok;
}

}  // namespace

Outcome run(Session& session, const Status&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto info = daemon->call(service::GetInfo{});
    if (!info) {
        return info.error();
    }
    const auto totals = sum_clients(*daemon);
    if (!totals) {
        return totals.error();
    }
    const auto pid = daemon->peer_pid();
    if (session.options.json) {
        print_json(session, info->version, pid, *totals);
        return ExitCode::ok;
    }
    Card card(session);
    card.line("Daemon", info->product + ' ' + info->version +
                            (pid ? ", running as process " + std::to_string(*pid) : ", running"));
    card.line("Socket", session.options.socket);
    card.line("Clients", grouped(totals->clients));
    card.line("Files",
              grouped(totals->files) + " (" + grouped(totals->verified_files) + " verified)");
    card.line("Size", human_bytes(totals->bytes) + " (" + grouped(totals->bytes) + " bytes)");
    card.print();
    return ExitCode::ok;
}

Outcome run(Session& session, const Call& command) {
    const auto parameters = read_parameters(session, command);
    if (!parameters) {
        return parameters.error();
    }
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    // Each at once: who reads a stream wants its replies as they come.
    const auto print = [&](protocol::Parameters reply) {
        print_object(session.out, reply);
        session.out.flush();
        return session.out.good();
    };
    auto done = daemon->exchange(command.method, *parameters, command.more, print);
    if (done) {
        return ExitCode::ok;
    }
    Failure failure = done.error();
    if (failure.text.find(failure.name) == std::string::npos) {
        failure.text = failure.name + ' ' + failure.parameters + ": " + failure.text;
    }
    return failure;
}

Outcome run(Session& session, const Introspect& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    if (command.interface.empty()) {
        return list_interfaces(session, *daemon);
    }
    const auto reply = daemon->call(service::GetInterfaceDescription{command.interface});
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        std::string json;
        protocol::append_quoted(json = "{\"description\":", reply->description);
        session.out << printable_json(json += '}') << '\n';
    } else {
        const bool ended = reply->description.ends_with('\n');
        session.out << printable_lines(reply->description) << (ended ? "" : "\n");
    }
    return ExitCode::ok;
}

}  // namespace catalogd::cli

#include "cli/clients.h"

#include <fstream>
#include <ostream>
#include <sstream>

#include "cli/figures.h"
#include "cli/listing.h"
#include "cli/printable.h"
#include "cli/request_id.h"
#include "cli/words.h"

namespace catalogd::cli {
namespace {

namespace clients = protocol::clients;
using Align = Column::Align;

void print_client(const Session& session, const clients::Client& client) {
    Card card(session);
    card.line("Name", client.name);
    card.line("Id", protocol::to_text(client.id));
    card.line("Last seen", short_time(client.last_seen));
    card.line("Public key", client.public_key ? "yes" : "no");
    card.line("Session key", client.has_session_key ? "yes" : "no");
    card.line("Files",
              grouped(client.files) + " (" + grouped(client.verified_files) + " verified)");
    card.line("Size", human_bytes(client.bytes) + " (" + grouped(client.bytes) + " bytes)");
    card.print();
}

// The file holds the key's 160 bytes, or their base64 text.
Result<protocol::PublicKey> read_public_key(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file) {
        return usage_failure("cannot read the public key from " + path);
    }
    std::string key = content.str();
    constexpr std::size_t size = 160;
    if (key.size() != size) {
        key.erase(key.find_last_not_of(" \t\r\n") + 1);
        key = protocol::parse_base64(key).value_or("");
    }
    if (key.size() != size) {
        return usage_failure("a public key has 160 bytes, as they are or as base64; " + path +
                             " holds something else");
    }
    return protocol::PublicKey{key};
}

Result<clients::Save> save_message(const ClientsAdd& command) {
    clients::Save save;
    save.name.value = command.name;
    save.request_id = next_request_id();
    if (!command.id.empty()) {
        save.id = protocol::parse_id(command.id);
        if (!save.id) {
            return usage_failure("--id takes 32 hex digits or a dashed UUID");
        }
    }
    if (!command.public_key.empty()) {
        auto key = read_public_key(command.public_key);
        if (!key) {
            return key.error();
        }
        save.public_key = *key;
    }
    return save;
}

}  // namespace

std::vector<std::string> client_orders() {
    return words_of<clients::Order>();
}

Result<clients::Client> find_client(VarlinkClient& daemon, const std::string& name_or_id) {
    clients::Get get;
    get.id = protocol::parse_id(name_or_id);
    if (get.id) {
        auto reply = daemon.call(get);
        if (reply) {
            return std::move(reply->client);
        }
        if (reply.error().code != ExitCode::not_found) {
            return reply.error();
        }
    }
    get.id.reset();
    get.name = name_or_id;
    auto reply = daemon.call(get);
    if (!reply) {
        return reply.error();
    }
    return std::move(reply->client);
}

Outcome run(Session& session, const ClientsList& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    clients::List list;
    if (!command.text.empty()) {
        list.text = command.text;
    }
    list.order = parse_word<clients::Order>(command.order);
    Listing<clients::Client> listing(session, "clients",
                                     {{"NAME"},
                                      {"FILES", Align::right},
                                      {"VERIFIED", Align::right},
                                      {"SIZE", Align::right},
                                      {"LAST SEEN"},
                                      {"ID"}},
                                     [&](const clients::Client& client) {
                                         return std::vector{client.name,
                                                            std::to_string(client.files),
                                                            std::to_string(client.verified_files),
                                                            size_cell(session, client.bytes),
                                                            short_time(client.last_seen),
                                                            protocol::to_text(client.id)};
                                     });
    return print_list(*daemon, list, listing, &clients::List::Reply::clients);
}

Outcome run(Session& session, const ClientsShow& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto client = find_client(*daemon, command.client);
    if (!client) {
        return client.error();
    }
    if (session.options.json) {
        print_member(session.out, clients::Get::Reply{*client}, "client");
        return ExitCode::ok;
    }
    print_client(session, *client);
    return ExitCode::ok;
}

Outcome run(Session& session, const ClientsAdd& command) {
    const auto save = save_message(command);
    if (!save) {
        return save.error();
    }
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(*save);
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        print_member(session.out, *reply, "client");
        return ExitCode::ok;
    }
    session.out << (reply->created ? "Added client '" : "Updated client '")
                << printable(reply->client.name) << "', id " << protocol::to_text(reply->client.id)
                << '\n';
    return ExitCode::ok;
}

Outcome run(Session& session, const ClientsDelete& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto client = find_client(*daemon, command.client);
    if (!client) {
        return client.error();
    }
    const auto sure = confirmed(
        session,
        "Delete client '" + client->name + "' and its " + grouped(client->files) + " file records?",
        command.yes);
    if (!sure) {
        return sure.error();
    }
    if (!*sure) {
        return Failure{ExitCode::failed, "nothing was deleted"};
    }
    const auto reply = daemon->call(clients::Delete{client->id, next_request_id()});
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        session.out << "{\"deletedFiles\":" << reply->deleted_files << "}\n";
        return ExitCode::ok;
    }
    session.out << "Deleted client '" << printable(client->name) << "' and its "
                << grouped(reply->deleted_files) << " file records\n";
    return ExitCode::ok;
}

}  // namespace catalogd::cli

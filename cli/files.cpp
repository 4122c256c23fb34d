#include "cli/files.h"

#include <algorithm>

#include "cli/clients.h"
#include "cli/figures.h"
#include "cli/file_rows.h"
#include "cli/printable.h"
#include "cli/request_id.h"
#include "protocol/files.h"

namespace catalogd::cli {
namespace {

namespace files = protocol::files;

void print_file(const Session& session, const files::File& file) {
    Card card(session);
    card.line("Name", file.name);
    card.line("Client", file.client_name);
    card.line("Id", protocol::to_text(file.id));
    card.line("Path", file.path);
    card.line("Verified", file.verified ? "yes" : "no");
    if (file.size) {
        card.line("Size", human_bytes(*file.size) + " (" + grouped(*file.size) + " bytes)");
    }
    if (file.modified) {
        card.line("Modified", protocol::to_text(*file.modified));
    }
    if (file.crc) {
        card.line("CRC-32", hex_crc(*file.crc));
    }
    if (file.mime_type) {
        card.line("MIME type", *file.mime_type);
    }
    if (file.category) {
        card.line("Category", *file.category);
    }
    static const std::map<std::string, std::string> none;
    for (const auto& [name, value] : file.attributes ? *file.attributes : none) {
        card.line("Attribute", name + " = " + value);
    }
    card.print();
}

// A daemon and, in it, one client's id.
struct Found {
    VarlinkClient daemon;
    protocol::Id client_id;
};

Result<Found> find(Session& session, const std::string& client_name_or_id) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto client = find_client(*daemon, client_name_or_id);
    if (!client) {
        return client.error();
    }
    return Found{std::move(*daemon), client->id};
}

}  // namespace

Outcome run(Session& session, const FilesList& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    files::List list;
    if (!command.client.empty()) {
        const auto client = find_client(*daemon, command.client);
        if (!client) {
            return client.error();
        }
        list.client_id = client->id;
    }
    const std::size_t most = most_of(command.limit);
    list.limit = page_for(most);
    auto listing = file_listing(session, command.client.empty(), most);
    return print_list(*daemon, list, listing, &files::List::Reply::files);
}

Outcome run(Session& session, const FilesShow& command) {
    auto found = find(session, command.client);
    if (!found) {
        return found.error();
    }
    const auto reply = found->daemon.call(files::Get{{}, found->client_id, command.name});
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        print_member(session.out, *reply, "file");
    } else {
        print_file(session, reply->file);
    }
    return ExitCode::ok;
}

Outcome run(Session& session, const FilesDelete& command) {
    auto found = find(session, command.client);
    if (!found) {
        return found.error();
    }
    const auto sure =
        confirmed(session, "Delete the record of '" + command.name + "' (the file itself stays)?",
                  command.yes);
    if (!sure) {
        return sure.error();
    }
    if (!*sure) {
        return Failure{ExitCode::failed, "nothing was deleted"};
    }
    const auto reply =
        found->daemon.call(files::Delete{found->client_id, command.name, next_request_id()});
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        print_member(session.out, *reply, "file");
        return ExitCode::ok;
    }
    session.out << "Deleted the record of '" << printable(reply->file.name) << "' of client '"
                << printable(reply->file.client_name) << "'\n";
    return ExitCode::ok;
}

}  // namespace catalogd::cli

#include "cli/files.h"

#include <algorithm>
#include <limits>
#include <ostream>

#include "cli/clients.h"
#include "cli/figures.h"
#include "cli/json_lines.h"
#include "cli/printable.h"
#include "cli/request_id.h"
#include "cli/table.h"
#include "protocol/files.h"

namespace catalogd::cli {
namespace {

namespace files = protocol::files;
using protocol::Parameters;
using Align = Column::Align;

constexpr std::string_view unknown = "-";

// Prints pages of records until enough were printed.
class Listing {
public:
    Listing(Session& session, bool of_all_clients, std::size_t most)
        : session_(session),
          of_all_clients_(of_all_clients),
          most_(most),
          table_(session, columns(of_all_clients)) {}

    // Whether more are wanted.
    bool print(const files::List::Reply& page, Parameters raw) {
        if (session_.options.json) {
            most_ -= print_elements(session_.out, raw, "files", most_);
        } else {
            const std::size_t count = std::min(most_, page.files.size());
            std::for_each_n(page.files.begin(), count, [&](const auto& file) { add(file); });
            most_ -= count;
        }
        return most_ > 0 && session_.out.good();
    }

    void finish() {
        if (!session_.options.json) {
            table_.flush();
        }
    }

private:
    static std::vector<Column> columns(bool of_all_clients) {
        std::vector<Column> columns{{"SIZE", Align::right}, {"MODIFIED"}, {"CRC"}, {"VERIFIED"}};
        if (of_all_clients) {
            columns.push_back({"CLIENT"});
        }
        columns.push_back({"NAME"});  // the longest one last, where nothing follows it
        return columns;
    }

    void add(const files::File& file) {
        std::vector<std::string> cells{
            file.size ? size_cell(session_, *file.size) : std::string(unknown),
            file.modified ? short_time(*file.modified) : std::string(unknown),
            file.crc ? hex_crc(*file.crc) : std::string(unknown), file.verified ? "yes" : "no"};
        if (of_all_clients_) {
            cells.push_back(file.client_name);
        }
        cells.push_back(file.name);
        table_.add(std::move(cells));
    }

    Session& session_;
    const bool of_all_clients_;
    std::size_t most_;
    Table table_;
};

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
    constexpr std::int64_t largest_page = 1000;
    const std::int64_t most =
        command.limit > 0 ? command.limit : std::numeric_limits<std::int64_t>::max();
    list.limit = protocol::Limit{std::min(most, largest_page)};
    Listing listing(session, command.client.empty(), static_cast<std::size_t>(most));
    const auto print = [&](const files::List::Reply& page, Parameters raw) {
        return listing.print(page, raw);
    };
    if (auto done = daemon->stream(list, print); !done) {
        return done.error();
    }
    listing.finish();
    return ExitCode::ok;
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

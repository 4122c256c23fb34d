#include "cli/find.h"

#include "cli/clients.h"
#include "cli/figures.h"
#include "cli/file_rows.h"
#include "cli/times.h"
#include "cli/words.h"

namespace catalogd::cli {
namespace {

namespace files = protocol::files;

template <class T, class Value>
void set(std::optional<T>& filter, const Value& value) {
    if (value != Value()) {
        filter = T{value};
    }
}

// All but the client, whom the daemon must be asked for.
Result<files::Search> search_message(const FilesFind& command) {
    files::Search search;
    set(search.text, command.text);
    set(search.extension, command.extension);
    set(search.client, command.client_named);
    if (command.min_size) {
        search.min_size = {*command.min_size};
    }
    if (command.max_size) {
        search.max_size = {*command.max_size};
    }
    if (command.verified || command.unverified) {
        search.verified = command.verified;
    }
    search.order = parse_word<files::SearchOrder>(command.order);
    if (command.total) {
        search.count_total = true;
    }
    if (auto read = read_time("--from", command.from, search.modified_from); !read) {
        return read.error();
    }
    if (auto read = read_time("--to", command.to, search.modified_to); !read) {
        return read.error();
    }
    return search;
}

// As a last line for a program that reads JSON; a remark beside a table or CSV.
void print_total(const Session& session, std::int64_t total) {
    if (session.options.json) {
        session.out << "{\"total\":" << total << "}\n";
    } else {
        session.out.flush();
        session.err << grouped(total) << " in all" << std::endl;
    }
}

}  // namespace

std::vector<std::string> search_orders() {
    return words_of<files::SearchOrder>();
}

Outcome run(Session& session, const FilesFind& command) {
    auto search = search_message(command);
    if (!search) {
        return search.error();
    }
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    if (!command.client.empty()) {
        const auto client = find_client(*daemon, command.client);
        if (!client) {
            return client.error();
        }
        search->client_id = client->id;
    }
    const std::size_t most = most_of(command.all ? 0 : command.limit);
    search->limit = page_for(most);
    auto listing = file_listing(session, command.client.empty(), most);
    std::optional<std::int64_t> total;
    const auto print = [&](const files::Search::Reply& page, protocol::Parameters raw) {
        total = page.total ? page.total : total;
        return listing.print(page.files, raw);
    };
    if (auto done = daemon->stream(*search, print); !done) {
        return done.error();
    }
    listing.finish();
    if (total) {
        print_total(session, *total);
    }
    return ExitCode::ok;
}

}  // namespace catalogd::cli

// What a peer gives to whoever lists: a cursor, which it was to give back as it was, and a text to
// look for. The input is either.
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include "actors/events/changed_clients.h"
#include "actors/translation.h"
#include "catalog/console/tables.h"
#include "tests/catalog/search/plain_scan.h"
#include "tests/fuzz/claim.h"
#include "tests/fuzz/small_catalog.h"

namespace catalogd::fuzz {
namespace {

namespace errors = protocol::errors;
using actors::files::Search;

// More than any list of the small catalog has records.
constexpr int most_pages = 100;

SmallCatalog& small_catalog() {
    static SmallCatalog catalog;
    return catalog;
}

// What a person needs to see of an error.
std::string shown(const protocol::Error& error) {
    std::string text(protocol::name_of(error));
    protocol::encode_parameters(text, error);
    return text;
}

template <class Message>
auto ask(const Message& message) {
    return actors::attempt([&] { return answer(small_catalog().context(), message); });
}

// Each page from where the cursor points to the end, handed to `visit`. Only the first cursor can
// be refused: the others came from the list itself.
template <class Message, class Visit>
void turn_pages(Message message, const Visit& visit) {
    for (int page = 0; page < most_pages; ++page) {
        const auto reply = ask(message);
        if (!reply) {
            const protocol::Error error = reply.error();
            const auto* refused = std::get_if<errors::InvalidValue>(&error);
            claim(page == 0 && message.after && refused != nullptr && refused->parameter == "after",
                  "a cursor is either followed or refused as one", shown(error));
            return;
        }
        visit(*reply);
        if (!reply->next) {
            return;
        }
        message.after = reply->next;
    }
    claim(false, "pages lead to an end");
}

template <class Message>
void follow(Message message, const std::string& cursor) {
    message.after = cursor;
    message.limit = protocol::Limit{2};
    if constexpr (requires { *message.order; }) {
        using Order = typename decltype(message.order)::value_type;
        constexpr int orders = boost::mp11::mp_size<boost::describe::describe_enumerators<Order>>();
        for (int order = 0; order < orders; ++order) {
            message.order = static_cast<Order>(order);
            turn_pages(message, [](const auto&) {});
        }
    } else {
        turn_pages(message, [](const auto&) {});
    }
}

void take_as_cursor(const std::string& cursor) {
    follow(Search{}, cursor);
    follow(actors::clients::List{}, cursor);
    follow(actors::files::List{}, cursor);
    actors::files::List of_one;
    of_one.client_id = protocol::Id{{1}};
    follow(of_one, cursor);
    follow(actors::files::ListRemovals{}, cursor);
    follow(actors::admin::ListAudit{}, cursor);
    for (const auto& table : catalog::console::tables()) {
        actors::admin::GetTableRows rows;
        rows.table = table.name();
        follow(rows, cursor);
    }
    static actors::events::ChangedClients changed("e");
    const auto changes = changed.since(cursor);
    claim(changes.reset || changes.cursor == cursor, "another's cursor begins anew", cursor);
}

using Names = std::vector<std::pair<std::string, std::string>>;

// What an index finds, a plain look at every record finds, and in the same order.
void expect_found(Search message) {
    auto& catalog = small_catalog();
    catalog::search::Criteria criteria;
    criteria.text = message.text.value_or("");
    criteria.extension = message.extension;
    Names expected;
    for (const auto& owned :
         catalog::search::plain_scan(catalog.connection(), catalog.folding(), criteria,
                                     static_cast<catalog::search::Order>(*message.order))) {
        expected.emplace_back(owned.owner.name, owned.file.name);
    }
    message.limit = protocol::Limit{2};
    Names found;
    turn_pages(message, [&](const Search::Reply& page) {
        for (const auto& file : page.files) {
            found.emplace_back(file.client_name, file.name);
        }
    });
    claim(found == expected, "a search finds what there is");
    message.count_total = true;
    const auto counted = ask(message);
    claim(counted && counted->total == static_cast<std::int64_t>(expected.size()),
          "a total is what there is");
}

void look_for(const std::string& text) {
    Search files;
    files.order = static_cast<actors::files::SearchOrder>(text.size() % 6);
    files.text = text;
    expect_found(files);
    files.extension = std::exchange(files.text, {});
    expect_found(files);
    files.client = text;
    claim(ask(files).has_value(), "any text may be part of a client's name");
    actors::clients::List clients;
    clients.text = text;
    clients.count_total = true;
    claim(ask(clients).has_value(), "clients can be looked for by any text");
}

}  // namespace
}  // namespace catalogd::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace catalogd;
    const std::string input(reinterpret_cast<const char*>(data), size);
    if (protocol::is_utf8(input)) {  // as every text is that comes as JSON
        fuzz::take_as_cursor(input);
        fuzz::look_for(input);
    }
    fuzz::take_as_cursor(protocol::to_base64(input));  // by its bytes, which are easier to change
    return 0;
}

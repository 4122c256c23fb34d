// The list of clients, in each of its orders.
#include <limits>

#include "catalog/client_rows.h"
#include "catalog/clients.h"

namespace catalogd::catalog::clients {

namespace {

// One statement for each order: the columns, then what comes after a position.
std::string by_figure(const std::string& figure, const std::string& low, bool descending) {
    const std::string past = descending ? " < " : " > ";
    const std::string direction = descending ? " DESC" : "";
    return std::string(client_columns) + "WHERE (" + figure + past + "?1 OR (" + figure +
           " = ?1 AND (" + low + past + "?2 OR (" + low + " = ?2 AND c.id > ?3)))) ORDER BY " +
           figure + direction + ", " + low + direction + ", c.id";
}

// The sum as its record shows it: never above 2^63-1, so that a page goes on where one ended.
const std::string whole_high = "(t.bytes_high + (t.bytes_low >> 32))";
const std::string high_figure = "min(" + whole_high + ", 2147483647)";
const std::string low_figure =
    "iif(" + whole_high + " > 2147483647, 4294967295, t.bytes_low & 4294967295)";
const std::string no_low = "CAST(0 AS INTEGER)";  // a bare 0 would name a column to order by

const Sql names_sql{"clients.names", "SELECT name FROM clients"};
const Sql by_name_sql{"clients.by_name",
                      std::string(client_columns) + "WHERE c.name > ?1 ORDER BY c.name"};
const Sql newest_sql{"clients.newest", by_figure("c.last_seen", no_low, true)};
const Sql oldest_sql{"clients.oldest", by_figure("c.last_seen", no_low, false)};
const Sql most_files_sql{"clients.most_files", by_figure("t.files", no_low, true)};
const Sql most_bytes_sql{"clients.most_bytes", by_figure(high_figure, low_figure, true)};

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

// What comes before every record of the order.
Position beginning(Order order) {
    const std::int64_t bound = order == Order::oldest ? least : most;
    return {{}, bound, bound, {}};
}

const Sql& statement_of(Order order) {
    switch (order) {
        case Order::newest:
            return newest_sql;
        case Order::oldest:
            return oldest_sql;
        case Order::most_files:
            return most_files_sql;
        case Order::most_bytes:
            return most_bytes_sql;
        case Order::name:
            break;
    }
    return by_name_sql;
}

Position position_of(const ClientRecord& client, Order order) {
    Position position{client.name, 0, 0, client.id};
    if (order == Order::newest || order == Order::oldest) {
        position.figure = client.last_seen;
    } else if (order == Order::most_files) {
        position.figure = client.files;
    } else if (order == Order::most_bytes) {
        position.figure = client.bytes >> 32;
        position.figure_low = client.bytes & 0xFFFFFFFF;
    }
    return position;
}

}  // namespace

std::vector<Listed> list(Connection& connection, const CaseFolding& folding, const Filter& filter,
                         const std::optional<Position>& after, std::int64_t limit) {
    const Position from = after.value_or(beginning(filter.order));
    const std::string part = folding.fold(filter.text);
    std::vector<Listed> page;
    const auto fill = [&](Run& run) {
        while (page.size() < static_cast<std::size_t>(limit) && run.step()) {
            ClientRecord client = read_client(run);
            if (part.empty() || folding.contains(client.name, part)) {
                Position position = position_of(client, filter.order);
                page.push_back({std::move(client), std::move(position)});
            }
        }
    };
    if (filter.order == Order::name) {
        Run run(connection, by_name_sql, from.name);
        fill(run);
    } else {
        Run run(connection, statement_of(filter.order), from.figure, from.figure_low, from.id);
        fill(run);
    }
    return page;
}

std::int64_t count(Connection& connection, const CaseFolding& folding, const std::string& text) {
    const std::string part = folding.fold(text);
    std::int64_t count = 0;
    Run run(connection, names_sql);
    while (run.step()) {
        count += part.empty() || folding.contains(run.text(), part) ? 1 : 0;
    }
    return count;
}

}  // namespace catalogd::catalog::clients

#include "catalog/clients.h"

#include <limits>

#include "catalog/failure.h"

namespace catalogd::catalog::clients {
namespace {

// The columns that read_client reads, in its order.
const std::string client_columns =
    "SELECT c.number, c.id, c.name, c.public_key, c.session_key IS NOT NULL, c.last_seen, "
    "t.files, t.verified_files, t.bytes_high, t.bytes_low "
    "FROM clients c JOIN client_totals t ON t.client = c.number ";

const Sql find_sql{"clients.find", client_columns + "WHERE c.id = ?1"};
const Sql find_by_name_sql{"clients.find_by_name", client_columns + "WHERE c.name = ?1"};
const Sql find_owner_sql{"clients.find_owner", "SELECT number, name FROM clients WHERE id = ?1"};
const Sql sealed_key_sql{"clients.sealed_key", "SELECT session_key FROM clients WHERE id = ?1"};
const Sql holder_sql{"clients.holder", "SELECT id FROM clients WHERE name = ?1"};
const Sql insert_sql{"clients.insert",
                     "INSERT INTO clients (id, name, public_key, session_key, last_seen) "
                     "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING RETURNING number"};
const Sql insert_totals_sql{"clients.insert_totals",
                            "INSERT INTO client_totals (client) VALUES (?1)"};
const Sql save_sql{"clients.save",
                   "UPDATE clients SET name = ?2, public_key = coalesce(?3, public_key), "
                   "session_key = coalesce(?4, session_key), last_seen = ?5 WHERE id = ?1"};
const Sql update_sql{"clients.update",
                     "UPDATE clients SET name = coalesce(?2, name), "
                     "public_key = CASE WHEN ?4 THEN NULL ELSE coalesce(?3, public_key) END, "
                     "session_key = CASE WHEN ?5 THEN NULL ELSE session_key END WHERE id = ?1"};
const Sql touch_sql{"clients.touch",
                    "UPDATE clients SET last_seen = max(last_seen, ?2) WHERE id = ?1"};
const Sql remove_files_sql{"clients.remove_files", "DELETE FROM files WHERE client = ?1"};
const Sql remove_sql{"clients.remove", "DELETE FROM clients WHERE number = ?1"};

// high * 2^32 + low, or the largest number where that is beyond it.
std::int64_t joined(std::int64_t high, std::int64_t low) {
    std::int64_t sum = 0;
    const bool beyond = __builtin_mul_overflow(high, std::int64_t{1} << 32, &sum) ||
                        __builtin_add_overflow(sum, low, &sum);
    return beyond ? std::numeric_limits<std::int64_t>::max() : sum;
}

ClientRecord read_client(Run& run) {
    ClientRecord client;
    client.number = run.integer();
    client.id = run.id();
    client.name = run.text();
    client.public_key = run.optional_bytes();
    client.has_session_key = run.integer() != 0;
    client.last_seen = run.integer();
    client.files = run.integer();
    client.verified_files = run.integer();
    const std::int64_t high = run.integer();
    client.bytes = joined(high, run.integer());
    return client;
}

// Refuses a name that a client other than `id` has.
void check_name(Connection& connection, const std::string& name, const Id& id) {
    Run run(connection, holder_sql, name);
    if (run.step()) {
        if (const Id holder = run.id(); holder != id) {
            throw NameTaken{{}, name, holder};
        }
    }
}

ClientRecord found(WriteTransaction& transaction, const Id& id) {
    transaction.flush_totals();
    auto client = find(transaction.connection(), id);
    if (!client) {
        throw ClientNotFound{{}, id, {}};
    }
    return *client;
}

}  // namespace

std::optional<ClientRecord> find(Connection& connection, const Id& id) {
    Run run(connection, find_sql, id);
    return run.step() ? std::optional(read_client(run)) : std::nullopt;
}

std::optional<ClientRecord> find_by_name(Connection& connection, const std::string& name) {
    Run run(connection, find_by_name_sql, name);
    return run.step() ? std::optional(read_client(run)) : std::nullopt;
}

std::optional<Owner> find_owner(Connection& connection, const Id& id) {
    Run run(connection, find_owner_sql, id);
    if (!run.step()) {
        return {};
    }
    Owner owner{run.integer(), id, {}};
    owner.name = run.text();
    return owner;
}

std::optional<Bytes> sealed_key(Connection& connection, const Id& id) {
    Run run(connection, sealed_key_sql, id);
    if (!run.step()) {
        throw ClientNotFound{{}, id, {}};
    }
    return run.optional_bytes();
}

bool insert_new(WriteTransaction& transaction, const Id& id, const Change& client) {
    std::int64_t number = 0;
    {
        Run run(transaction.connection(), insert_sql, id, client.name, blob(client.public_key),
                blob(client.sealed_key), client.last_seen);
        if (!run.step()) {
            return false;
        }
        number = run.integer();
    }
    Run(transaction.connection(), insert_totals_sql, number).execute();
    return true;
}

Saved save(WriteTransaction& transaction, const Id& id, const Change& change) {
    check_name(transaction.connection(), change.name, id);
    const bool created = insert_new(transaction, id, change);
    if (!created) {
        Run(transaction.connection(), save_sql, id, change.name, blob(change.public_key),
            blob(change.sealed_key), change.last_seen)
            .execute();
    }
    return {found(transaction, id), created};
}

ClientRecord update(WriteTransaction& transaction, const Id& id, const Edit& edit) {
    if (edit.name && find_owner(transaction.connection(), id)) {
        check_name(transaction.connection(), *edit.name, id);
    }
    Run(transaction.connection(), update_sql, id, edit.name, blob(edit.public_key),
        edit.clear_public_key, edit.clear_session_key)
        .execute();
    return found(transaction, id);
}

void touch(WriteTransaction& transaction, const Id& id, std::int64_t at) {
    if (Run(transaction.connection(), touch_sql, id, at).execute() == 0) {
        throw ClientNotFound{{}, id, {}};
    }
}

std::optional<std::int64_t> remove(WriteTransaction& transaction, const Id& id) {
    const auto owner = find_owner(transaction.connection(), id);
    if (!owner) {
        return {};
    }
    // Nothing collected for this client may be written once its totals are gone.
    transaction.flush_totals();
    // The cascade would do it too, but does not say how many.
    const auto files = Run(transaction.connection(), remove_files_sql, owner->number).execute();
    Run(transaction.connection(), remove_sql, owner->number).execute();
    return files;
}

namespace {

// One statement for each order: the columns, then what comes after a position.
std::string by_figure(const std::string& figure, const std::string& low, bool descending) {
    const std::string past = descending ? " < " : " > ";
    const std::string direction = descending ? " DESC" : "";
    return client_columns + "WHERE (" + figure + past + "?1 OR (" + figure + " = ?1 AND (" + low +
           past + "?2 OR (" + low + " = ?2 AND c.id > ?3)))) ORDER BY " + figure + direction +
           ", " + low + direction + ", c.id";
}

// The sum as its record shows it: never above 2^63-1, so that a page goes on where one ended.
const std::string whole_high = "(t.bytes_high + (t.bytes_low >> 32))";
const std::string high_figure = "min(" + whole_high + ", 2147483647)";
const std::string low_figure =
    "iif(" + whole_high + " > 2147483647, 4294967295, t.bytes_low & 4294967295)";
const std::string no_low = "CAST(0 AS INTEGER)";  // a bare 0 would name a column to order by

const Sql names_sql{"clients.names", "SELECT name FROM clients"};
const Sql by_name_sql{"clients.by_name", client_columns + "WHERE c.name > ?1 ORDER BY c.name"};
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

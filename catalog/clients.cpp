#include "catalog/clients.h"

#include "catalog/client_rows.h"
#include "catalog/failure.h"
#include "catalog/removals.h"
#include "catalog/search/notes.h"

namespace catalogd::catalog::clients {
namespace {

const Sql find_sql{"clients.find", std::string(client_columns) + "WHERE c.id = ?1"};
const Sql find_by_name_sql{"clients.find_by_name",
                           std::string(client_columns) + "WHERE c.name = ?1"};
const Sql find_owner_sql{"clients.find_owner", "SELECT number, name FROM clients WHERE id = ?1"};
const Sql id_sql{"clients.id", "SELECT id FROM clients WHERE number = ?1"};
const Sql owners_sql{"clients.owners", "SELECT number, id, name FROM clients"};
const Sql sealed_key_sql{"clients.sealed_key", "SELECT session_key FROM clients WHERE id = ?1"};
const Sql holder_sql{"clients.holder", "SELECT id FROM clients WHERE name = ?1"};
const Sql insert_sql{"clients.insert",
                     "INSERT INTO clients (number, id, name, public_key, session_key, last_seen) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"};
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
const Sql standing_sql{
    "clients.standing",
    "SELECT number, public_key IS NOT NULL, last_seen FROM clients WHERE id = ?1"};
const Sql totals_sql{"clients.totals",
                     "SELECT files, verified_files, sized_files, bytes_high, bytes_low, "
                     "verified_high, verified_low FROM client_totals WHERE client = ?1"};
const Sql remove_files_sql{"clients.remove_files", "DELETE FROM files WHERE client = ?1"};
const Sql remove_sql{"clients.remove", "DELETE FROM clients WHERE number = ?1"};

// Refuses a name that a client other than `id` has.
void check_name(Connection& connection, const std::string& name, const Id& id) {
    Run run(connection, holder_sql, name);
    if (run.step()) {
        if (const Id holder = run.id(); holder != id) {
            throw NameTaken{{}, name, holder};
        }
    }
}

// What the summary counts of a client.
struct Standing {
    std::int64_t number = 0;
    bool has_public_key = false;
    std::int64_t last_seen = 0;
};

std::optional<Standing> find_standing(Connection& connection, const Id& id) {
    Run run(connection, standing_sql, id);
    if (!run.step()) {
        return {};
    }
    Standing standing;
    standing.number = run.integer();
    standing.has_public_key = run.integer() != 0;
    standing.last_seen = run.integer();
    return standing;
}

void count(Summary& summary, const Standing& client, std::int64_t sign) {
    summary.clients += sign;
    summary.clients_with_keys += client.has_public_key ? sign : 0;
    summary.last_seen_sum += sign * client.last_seen;
}

// Counts a client anew after `change`, which must not make or delete it. Throws ClientNotFound.
template <class Change>
void recount(WriteTransaction& transaction, const Id& id, const Change& change) {
    const auto before = find_standing(transaction.connection(), id);
    if (!before) {
        throw ClientNotFound{{}, id, {}};
    }
    change();
    transaction.note_client(id);
    count(transaction.summary(), *before, -1);
    count(transaction.summary(), find_standing(transaction.connection(), id).value(), 1);
}

Totals totals_of(Connection& connection, std::int64_t client) {
    Totals totals;
    Run run(connection, totals_sql, client);
    if (run.step()) {
        totals.files = run.integer();
        totals.verified_files = run.integer();
        totals.sized_files = run.integer();
        totals.bytes.high = run.integer();
        totals.bytes.low = run.integer();
        totals.verified_bytes.high = run.integer();
        totals.verified_bytes.low = run.integer();
    }
    return totals;
}

ClientRecord found(WriteTransaction& transaction, const Id& id) {
    transaction.flush_totals();
    auto client = find(transaction.connection(), id);
    if (!client) {
        throw ClientNotFound{{}, id, {}};
    }
    return *client;
}

// 255 characters of four bytes.
constexpr std::size_t longest_name = 1020;

}  // namespace

std::string read_name(Run& run) {
    std::string name = run.text();
    if (name.size() > longest_name) {
        throw Unusable(Unusable::Kind::damaged, "the database is damaged: a client's name has " +
                                                    std::to_string(name.size()) + " bytes");
    }
    return name;
}

ClientRecord read_client(Run& run) {
    ClientRecord client;
    client.number = run.integer();
    client.id = run.id();
    client.name = read_name(run);
    client.public_key = run.optional_bytes();
    client.has_session_key = run.integer() != 0;
    client.last_seen = run.integer();
    client.files = run.integer();
    client.verified_files = run.integer();
    ByteSum bytes;
    bytes.high = run.integer();
    bytes.low = run.integer();
    client.bytes = bytes.whole();
    return client;
}

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
    owner.name = read_name(run);
    return owner;
}

std::optional<Id> id_of(Connection& connection, std::int64_t number) {
    Run run(connection, id_sql, number);
    return run.step() ? std::optional(run.id()) : std::nullopt;
}

std::vector<Owner> owners(Connection& connection) {
    std::vector<Owner> owners;
    Run run(connection, owners_sql);
    while (run.step()) {
        Owner& owner = owners.emplace_back();
        owner.number = run.integer();
        owner.id = run.id();
        owner.name = read_name(run);
    }
    return owners;
}

std::optional<Bytes> sealed_key(Connection& connection, const Id& id) {
    Run run(connection, sealed_key_sql, id);
    if (!run.step()) {
        throw ClientNotFound{{}, id, {}};
    }
    return run.optional_bytes();
}

bool insert_new(WriteTransaction& transaction, const Id& id, const Change& client) {
    const std::int64_t number = transaction.summary().last_client + 1;
    if (Run(transaction.connection(), insert_sql, number, id, client.name, blob(client.public_key),
            blob(client.sealed_key), client.last_seen)
            .execute() == 0) {
        return false;
    }
    transaction.summary().last_client = number;
    transaction.note_client(id);
    Run(transaction.connection(), insert_totals_sql, number).execute();
    count(transaction.summary(), {number, client.public_key.has_value(), client.last_seen}, 1);
    return true;
}

Saved save(WriteTransaction& transaction, const Id& id, const Change& change) {
    check_name(transaction.connection(), change.name, id);
    const bool created = insert_new(transaction, id, change);
    if (!created) {
        recount(transaction, id, [&] {
            Run(transaction.connection(), save_sql, id, change.name, blob(change.public_key),
                blob(change.sealed_key), change.last_seen)
                .execute();
        });
    }
    return {found(transaction, id), created};
}

ClientRecord update(WriteTransaction& transaction, const Id& id, const Edit& edit) {
    if (edit.name && find_owner(transaction.connection(), id)) {
        check_name(transaction.connection(), *edit.name, id);
    }
    recount(transaction, id, [&] {
        Run(transaction.connection(), update_sql, id, edit.name, blob(edit.public_key),
            edit.clear_public_key, edit.clear_session_key)
            .execute();
    });
    return found(transaction, id);
}

void touch(WriteTransaction& transaction, const Id& id, std::int64_t at) {
    recount(transaction, id, [&] { Run(transaction.connection(), touch_sql, id, at).execute(); });
}

std::optional<std::int64_t> remove(WriteTransaction& transaction, const Id& id) {
    const auto client = find_standing(transaction.connection(), id);
    if (!client) {
        return {};
    }
    // Nothing collected for this client may be written once its totals are gone.
    transaction.flush_totals();
    const Totals totals = totals_of(transaction.connection(), client->number);
    removals::note_all(transaction, id, client->number);
    // The cascade would do it too, but does not say how many.
    const auto files = Run(transaction.connection(), remove_files_sql, client->number).execute();
    Run(transaction.connection(), remove_sql, client->number).execute();
    search::note_gone_client(transaction, client->number);
    transaction.note_client(id);
    count(transaction.summary(), *client, -1);
    transaction.summary().totals.add(totals, -1);
    return files;
}

}  // namespace catalogd::catalog::clients

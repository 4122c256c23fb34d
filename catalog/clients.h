// The table of clients: what is asked of it and what changes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/case_folding.h"
#include "catalog/identifiers.h"
#include "catalog/transaction.h"

namespace catalogd::catalog::clients {

// --- questions: of any connection -----------------------------------------------------------

std::optional<ClientRecord> find(Connection& connection, const Id& id);
std::optional<ClientRecord> find_by_name(Connection& connection, const std::string& name);
std::optional<Owner> find_owner(Connection& connection, const Id& id);

// By number, as file records name them.
std::optional<Id> id_of(Connection& connection, std::int64_t number);
// Every client, in no order.
std::vector<Owner> owners(Connection& connection);

// The sealed session key; throws ClientNotFound.
std::optional<Bytes> sealed_key(Connection& connection, const Id& id);

enum class Order { name, newest, oldest, most_files, most_bytes };

// Where a page of a list began: what the last record before it was.
struct Position {
    std::string name;
    std::int64_t figure = 0;  // of the order: a time, a count; unused by name
    std::int64_t figure_low = 0;
    Id id{};
};

struct Listed {
    ClientRecord client;
    Position position;
};

// At most `limit` clients after `after`, whose names contain `text` in any case. Ties go by id.
struct Filter {
    std::string text;
    Order order = Order::name;
};
std::vector<Listed> list(Connection& connection, const CaseFolding& folding, const Filter& filter,
                         const std::optional<Position>& after, std::int64_t limit);
std::int64_t count(Connection& connection, const CaseFolding& folding, const std::string& text);

// --- changes: inside the writer's transaction ------------------------------------------------

struct Change {
    std::string name;
    std::optional<Bytes> public_key;
    std::optional<Bytes> sealed_key;
    std::int64_t last_seen = 0;
};

// Throws NameTaken. What is left out stays as it is.
struct Saved {
    ClientRecord client;
    bool created = false;
};
Saved save(WriteTransaction& transaction, const Id& id, const Change& change);

struct Edit {
    std::optional<std::string> name;
    std::optional<Bytes> public_key;
    bool clear_public_key = false;
    bool clear_session_key = false;
};
// Throws ClientNotFound, NameTaken.
ClientRecord update(WriteTransaction& transaction, const Id& id, const Edit& edit);

// Never back in time. Throws ClientNotFound.
void touch(WriteTransaction& transaction, const Id& id, std::int64_t at);

// The client and every file record that it owns; how many these were. Empty where there is none.
std::optional<std::int64_t> remove(WriteTransaction& transaction, const Id& id);

// False where the id or the name exists: then nothing changes.
bool insert_new(WriteTransaction& transaction, const Id& id, const Change& client);

}  // namespace catalogd::catalog::clients

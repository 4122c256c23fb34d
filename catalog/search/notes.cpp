#include "catalog/search/notes.h"

#include <algorithm>

namespace catalogd::catalog::search {
namespace {

const Sql note_file_sql{"search.note_file",
                        "INSERT INTO search_changes (file, change) VALUES (?1, ?2) "
                        "ON CONFLICT (file) DO UPDATE SET change = excluded.change"};
const Sql note_client_sql{"search.note_client",
                          "INSERT INTO search_gone_clients (client, change) VALUES (?1, ?2) "
                          "ON CONFLICT (client) DO NOTHING"};

const Sql gone_clients_sql{"search.gone_clients", "SELECT client FROM search_gone_clients"};

// Whether the two make the same document: the name, and so the extension, never changes.
bool same_document(const FileRecord& a, const FileRecord& b) {
    return a.path == b.path && a.verified == b.verified && a.size == b.size &&
           a.modified == b.modified;
}

void widen(IndexState& index, const std::optional<std::int64_t>& size) {
    if (size) {
        index.loose_smallest = std::min(index.loose_smallest.value_or(*size), *size);
        index.loose_largest = std::max(index.loose_largest.value_or(*size), *size);
    }
}

}  // namespace

void note_file(WriteTransaction& transaction, const FileRecord* before, const FileRecord* after) {
    if (before != nullptr && after != nullptr && same_document(*before, *after)) {
        return;
    }
    IndexState& index = transaction.summary().index;
    if (after != nullptr) {
        widen(index, after->size);
    }
    const std::int64_t number = before != nullptr ? before->number : after->number;
    if (number <= std::max(index.indexed_to, transaction.connection().building_to())) {
        Run(transaction.connection(), note_file_sql, number, ++index.last_change).execute();
    }
}

void note_gone_client(WriteTransaction& transaction, std::int64_t client) {
    Run(transaction.connection(), note_client_sql, client,
        ++transaction.summary().index.last_change)
        .execute();
}

std::unordered_set<std::int64_t> gone_clients(Connection& connection) {
    std::unordered_set<std::int64_t> clients;
    Run run(connection, gone_clients_sql);
    while (run.step()) {
        clients.insert(run.integer());
    }
    return clients;
}

}  // namespace catalogd::catalog::search

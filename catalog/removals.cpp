#include "catalog/removals.h"

namespace catalogd::catalog::removals {
namespace {

const Sql note_sql{"removals.note",
                   "INSERT INTO removals (id, client, path, since) VALUES (?1, ?2, ?3, ?4)"};
const Sql paths_sql{"removals.paths", "SELECT path FROM files WHERE client = ?1"};
const Sql list_sql{"removals.list",
                   "SELECT id, client, path, since FROM removals WHERE id > ?1 ORDER BY id "
                   "LIMIT ?2"};
const Sql confirm_sql{"removals.confirm", "DELETE FROM removals WHERE id = ?1"};

}  // namespace

void note(WriteTransaction& transaction, const Id& client, const std::string& path) {
    const Id id = transaction.new_id();
    Run(transaction.connection(), note_sql, id, client, path, transaction.now()).execute();
}

void note_all(WriteTransaction& transaction, const Id& client, std::int64_t number) {
    Run run(transaction.connection(), paths_sql, number);
    while (run.step()) {
        note(transaction, client, run.text());
    }
}

Page list(Connection& connection, const search::NamedPaths& named, const std::optional<Id>& after,
          std::int64_t limit) {
    Page page;
    std::int64_t read = 0;
    std::optional<Id> last;
    const Id from = after.value_or(Id{});
    Run run(connection, list_sql, from, limit);
    while (run.step()) {
        Removal removal;
        removal.id = run.id();
        removal.client = run.id();
        removal.path = run.text();
        removal.since = run.integer();
        last = removal.id;
        ++read;
        if (!named.contains(removal.path)) {
            page.removals.push_back(std::move(removal));
        }
    }
    page.next = read == limit ? last : std::nullopt;
    return page;
}

std::int64_t confirm(WriteTransaction& transaction, const std::vector<Id>& ids) {
    std::int64_t confirmed = 0;
    for (const Id& id : ids) {
        confirmed += Run(transaction.connection(), confirm_sql, id).execute();
    }
    return confirmed;
}

}  // namespace catalogd::catalog::removals

#include "catalog/orphans.h"

#include "catalog/removals.h"
#include "catalog/search/notes.h"

namespace catalogd::catalog::orphans {
namespace {

const Sql find_sql{"orphans.find",
                   "SELECT f.number FROM files f LEFT JOIN clients c ON c.number = f.client "
                   "WHERE f.number > ?1 AND f.number <= ?2 AND c.number IS NULL"};
const Sql read_sql{"orphans.read",
                   "SELECT f.path, f.verified, f.size FROM files f "
                   "LEFT JOIN clients c ON c.number = f.client "
                   "WHERE f.number = ?1 AND c.number IS NULL"};
const Sql remove_sql{"orphans.remove", "DELETE FROM files WHERE number = ?1"};
const Sql totals_sql{"orphans.totals",
                     "DELETE FROM client_totals WHERE client NOT IN (SELECT number FROM clients)"};
const Sql clients_sql{"orphans.clients",
                      "SELECT count(*), count(public_key), coalesce(sum(last_seen), 0) "
                      "FROM clients"};

}  // namespace

Found find(Connection& connection, std::int64_t behind, std::int64_t records) {
    Found found;
    found.looked_to = behind + records;
    Run run(connection, find_sql, behind, found.looked_to);
    while (run.step()) {
        found.numbers.push_back(run.integer());
    }
    return found;
}

std::int64_t last_number(Connection& connection) {
    return read_summary(connection).last_number;
}

// Whose client it was nobody knows: the path is given up under no client's identifier, and no
// client's counts lose it.
std::int64_t remove(WriteTransaction& transaction, const std::vector<std::int64_t>& numbers) {
    Connection& connection = transaction.connection();
    std::int64_t removed = 0;
    for (const std::int64_t number : numbers) {
        FileRecord file;
        file.number = number;
        {
            Run run(connection, read_sql, number);
            if (!run.step()) {
                continue;
            }
            file.path = run.text();
            file.verified = run.integer() != 0;
            file.size = run.optional_integer();
        }
        Run(connection, remove_sql, number).execute();
        transaction.summary().totals.add(file, -1);
        search::note_file(transaction, &file, nullptr);
        removals::note(transaction, Id{}, file.path);
        ++removed;
    }
    return removed;
}

void recount_clients(WriteTransaction& transaction) {
    transaction.flush_totals();
    Run(transaction.connection(), totals_sql).execute();
    Run run(transaction.connection(), clients_sql);
    if (run.step()) {
        Summary& summary = transaction.summary();
        summary.clients = run.integer();
        summary.clients_with_keys = run.integer();
        summary.last_seen_sum = run.integer();
    }
}

}  // namespace catalogd::catalog::orphans

#include "catalog/resealing.h"

namespace catalogd::catalog::resealing {
namespace {

const Sql noted_sql{"sealing.key", "SELECT key_id FROM sealing"};
const Sql note_sql{"sealing.note",
                   "INSERT INTO sealing (only_row, key_id) VALUES (1, ?1) "
                   "ON CONFLICT (only_row) DO UPDATE SET key_id = excluded.key_id"};
const Sql count_sql{"sealing.count_others",
                    "SELECT count(*) FROM clients WHERE substr(session_key, 1, 8) <> ?1"};
const Sql others_sql{"sealing.others",
                     "SELECT number, id, session_key FROM clients WHERE number > ?2 "
                     "AND substr(session_key, 1, 8) <> ?1 ORDER BY number LIMIT ?3"};
const Sql exchange_sql{
    "sealing.exchange",
    "UPDATE clients SET session_key = ?3 WHERE number = ?1 AND session_key = ?2"};

}  // namespace

std::optional<Bytes> noted_key(Connection& connection) {
    Run run(connection, noted_sql);
    return run.step() ? std::optional(run.bytes()) : std::nullopt;
}

void note_key(Connection& connection, const Bytes& key_id) {
    Run(connection, note_sql, Blob{key_id}).execute();
}

std::int64_t count_others(Connection& connection, const Bytes& key_id) {
    Run run(connection, count_sql, Blob{key_id});
    return run.step() ? run.integer() : 0;
}

std::vector<SealedKey> others(Connection& connection, const Bytes& key_id, std::int64_t after,
                              std::int64_t limit) {
    std::vector<SealedKey> found;
    Run run(connection, others_sql, Blob{key_id}, after, limit);
    while (run.step()) {
        SealedKey& key = found.emplace_back();
        key.client = run.integer();
        key.id = run.id();
        key.sealed = run.bytes();
    }
    return found;
}

void exchange(WriteTransaction& transaction, const std::vector<Exchange>& exchanges) {
    for (const Exchange& each : exchanges) {
        Run(transaction.connection(), exchange_sql, each.client, Blob{each.before},
            Blob{each.after})
            .execute();
    }
}

}  // namespace catalogd::catalog::resealing

#include "catalog/requests.h"

#include "catalog/failure.h"

namespace catalogd::catalog::requests {
namespace {

const Sql find_sql{"requests.find",
                   "SELECT digest, reply FROM requests WHERE user = ?1 AND id = ?2"};
const Sql keep_sql{"requests.keep",
                   "INSERT INTO requests (user, id, digest, reply, at) "
                   "VALUES (?1, ?2, ?3, ?4, ?5)"};
const Sql newest_sql{"requests.newest",
                     "SELECT number FROM requests WHERE number > 0 ORDER BY number DESC LIMIT 1"};
const Sql oldest_sql{"requests.oldest",
                     "SELECT number, at FROM requests WHERE number > 0 ORDER BY number LIMIT ?1"};
const Sql remove_sql{"requests.remove", "DELETE FROM requests WHERE number <= ?1"};

}  // namespace

std::optional<std::string> find_reply(Connection& connection, const Request& request) {
    Run run(connection, find_sql, request.user, request.id);
    if (!run.step()) {
        return {};
    }
    if (run.id() != request.digest) {
        throw RequestIdReused{{}, request.id};
    }
    return run.text();
}

void keep_reply(WriteTransaction& transaction, const Request& request, const std::string& reply) {
    Run(transaction.connection(), keep_sql, request.user, request.id, request.digest, reply,
        transaction.summary().running_time)
        .execute();
}

std::int64_t remove_expired(WriteTransaction& transaction, const Retention& retention,
                            std::int64_t most) {
    Connection& connection = transaction.connection();
    std::int64_t newest = 0;
    if (Run run(connection, newest_sql); run.step()) {
        newest = run.integer();
    }
    const std::int64_t last_beyond_count = newest - retention.calls;
    const std::int64_t too_old = transaction.summary().running_time - retention.milliseconds;
    std::int64_t last = 0;
    {
        Run run(connection, oldest_sql, most);
        while (run.step()) {
            const std::int64_t number = run.integer();
            if (number > last_beyond_count && run.integer() > too_old) {
                break;
            }
            last = number;
        }
    }
    return last == 0 ? 0 : Run(connection, remove_sql, last).execute();
}

}  // namespace catalogd::catalog::requests

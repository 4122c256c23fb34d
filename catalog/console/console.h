// Runs a statement that a person wrote, on a connection that can do nothing but answer it.
//
// What keeps it there: the file is open for reading alone, with query_only; the authorizer lets
// nothing through but SELECTs of the tables that are shown; the statement's size, its values and
// its memory are bounded; and a Deadline (catalog/connection.h) ends what runs too long. The
// connection lives for one statement, so that nothing of one can reach the next.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/console/authorizer.h"
#include "catalog/console/tables.h"

namespace catalogd::catalog::console {

struct Query {
    std::string sql;
    std::vector<Cell> parameters;
    std::int64_t limit = 0;  // rows
};

struct Result {
    std::vector<std::string> columns;
    std::vector<Row> rows;
    bool truncated = false;  // more rows follow: more than `limit`, or than fit into page_bytes
};

class Console : public ReadConnection {
public:
    explicit Console(const OpenOptions& options);

    // Throws QueryRefused with a reason that a person can act on, and SQLite's exception where the
    // deadline ended it or the database failed.
    Result run(const Query& query);

private:
    void check(const std::string& sql);
    Result read(const Query& query, QueryStatistics::Run& run);
    Result answer(const Query& query, QueryStatistics::Run& run);

    std::optional<Authorizer> authorizer_;  // once the views are made
};

}  // namespace catalogd::catalog::console

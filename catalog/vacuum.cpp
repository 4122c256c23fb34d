#include "catalog/vacuum.h"

#include <algorithm>

namespace catalogd::catalog {
namespace {

const Sql unused_sql{"vacuum.unused",
                     "SELECT sum(unused), sum(pgsize) FROM dbstat WHERE "
                     "aggregate = TRUE"};

}  // namespace

Space space_of(Connection& connection) {
    return {connection.query_integer("PRAGMA page_size"),
            connection.query_integer("PRAGMA page_count"),
            connection.query_integer("PRAGMA freelist_count")};
}

std::int64_t bytes_if_rewritten(Connection& connection) {
    Run run(connection, unused_sql);
    if (!run.step()) {
        return 0;
    }
    const std::int64_t unused = run.integer();
    return run.integer() - unused;
}

std::int64_t give_back(WriteTransaction& transaction, std::int64_t pages) {
    WriteConnection& connection = transaction.connection();
    // Each step frees one page.
    SQLite::Statement vacuum(connection.database(),
                             "PRAGMA incremental_vacuum(" + std::to_string(pages) + ")");
    while (vacuum.executeStep()) {
    }
    return connection.query_integer("PRAGMA freelist_count");
}

std::int64_t refresh_statistics(WriteTransaction& transaction) {
    WriteConnection& connection = transaction.connection();
    connection.database().exec("PRAGMA analysis_limit = 400; PRAGMA optimize");
    const bool any = connection.query_integer(
                         "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'") > 0;
    return any ? connection.query_integer("SELECT count(*) FROM sqlite_stat1") : 0;
}

void rewrite(MaintenanceConnection& source, const std::string& file) {
    SQLite::Statement vacuum(source.database(), "VACUUM INTO ?");
    vacuum.bind(1, file);
    vacuum.exec();
}

}  // namespace catalogd::catalog

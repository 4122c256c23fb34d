#include "catalog/vacuum.h"

#include <algorithm>

namespace catalogd::catalog {
namespace {

const Sql trees_sql{"vacuum.trees",
                    "SELECT ncell, pgsize - unused FROM dbstat WHERE aggregate = TRUE"};

// A table or an index whose cells are put side by side: as many on a page as fit there whole. Where
// they are larger than a page, most of each lies on pages of its own.
std::int64_t pages_for(std::int64_t cells, std::int64_t bytes, std::int64_t page_size) {
    constexpr std::int64_t header = 12;
    const std::int64_t room = page_size - header;
    const std::int64_t cell = cells > 0 ? std::max<std::int64_t>(bytes / cells, 1) : 1;
    const std::int64_t on_page = room / cell;
    return 1 + (on_page > 0 ? cells / on_page : bytes / room);
}

}  // namespace

Space space_of(Connection& connection) {
    return {connection.query_integer("PRAGMA page_size"),
            connection.query_integer("PRAGMA page_count"),
            connection.query_integer("PRAGMA freelist_count")};
}

std::int64_t bytes_if_rewritten(Connection& connection) {
    const std::int64_t page_size = connection.query_integer("PRAGMA page_size");
    std::int64_t pages = 0;
    Run run(connection, trees_sql);
    while (run.step()) {
        const std::int64_t cells = run.integer();
        pages += pages_for(cells, run.integer(), page_size);
    }
    // One page in so many says of the others where they belong: auto_vacuum needs that.
    return (pages + pages / (page_size / 5) + 1) * page_size;
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

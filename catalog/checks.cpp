#include "catalog/checks.h"

#include "catalog/page_cache.h"

namespace catalogd::catalog {
namespace {

constexpr std::size_t most_shown = 20;

const Sql tables_sql{"checks.tables",
                     "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                     "name NOT LIKE 'sqlite_%'"};

std::vector<std::string> tables_of(Connection& connection) {
    std::vector<std::string> names;
    Run run(connection, tables_sql);
    while (run.step()) {
        names.push_back(run.text());
    }
    return names;
}

}  // namespace

Violations find_violations(Connection& connection, const Slices& slices) {
    Violations found;
    const auto tables = tables_of(connection);
    double done = 0;
    for (const std::string& table : tables) {
        slices.next(done / static_cast<double>(tables.size()));
        SQLite::Statement check(connection.database(), "PRAGMA foreign_key_check(" + table + ")");
        while (check.executeStep()) {
            ++found.count;
            if (found.first.size() < most_shown) {
                const SQLite::Column row = check.getColumn(1);
                found.first.push_back(
                    {table,
                     row.isNull() ? std::nullopt : std::optional<std::int64_t>(row.getInt64()),
                     check.getColumn(2).getString()});
            }
        }
        ++done;
    }
    return found;
}

std::vector<std::string> find_faults(Connection& connection, bool whole, const Slices& slices) {
    const PauseBetweenPages pause([&] { static_cast<void>(slices.stopped()); });
    std::vector<std::string> faults;
    const std::string pragma = whole ? "PRAGMA integrity_check" : "PRAGMA quick_check";
    SQLite::Statement check(connection.database(), pragma + "(" + std::to_string(most_shown) + ")");
    while (check.executeStep()) {
        if (std::string text = check.getColumn(0).getString(); text != "ok") {
            faults.push_back(std::move(text));
        }
    }
    return faults;
}

}  // namespace catalogd::catalog

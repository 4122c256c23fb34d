#include "catalog/import/old_schema.h"

#include <algorithm>
#include <array>

namespace catalogd::catalog::import {
namespace {

// What only that schema and later ones have. Upgrades could end half-way: the latest mark counts.
struct Mark {
    std::string_view schema;
    std::string_view table;
    std::string_view column;  // empty: the table itself
    std::string_view index;
};
constexpr std::array<Mark, 6> marks{{{"migration 5", "file_versions", "", ""},
                                     {"migration 5", "files", "CurrentVersionID", ""},
                                     {"migration 4", "client_quotas", "", ""},
                                     {"migration 3", "client_activity", "", ""},
                                     {"migration 2", "files", "FileCategory", ""},
                                     {"migration 1", "", "", "idx_files_client_verified"}}};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::vector<OldColumn> columns_of(Connection& connection, const std::string& table) {
    std::vector<OldColumn> columns;
    SQLite::Statement statement(
        connection.database(),
        "SELECT name, dflt_value FROM pragma_table_xinfo(?1, 'main') WHERE hidden = 0");
    statement.bind(1, table);
    while (statement.executeStep()) {
        OldColumn& column = columns.emplace_back();
        column.name = statement.getColumn(0).getString();
        if (!statement.getColumn(1).isNull()) {
            column.fallback = statement.getColumn(1).getString();
        }
    }
    return columns;
}

}  // namespace

bool OldColumn::is_called(std::string_view other) const {
    return same_name(name, other);
}

bool OldTable::is_called(std::string_view other) const {
    return same_name(name, other);
}

bool OldTable::has(std::string_view column) const {
    return std::ranges::any_of(columns, [&](const auto& each) { return each.is_called(column); });
}

OldSchema::OldSchema(Connection& connection) {
    SQLite::Statement tables(connection.database(),
                             "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' "
                             "AND type IN ('table', 'shadow') "
                             "AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name");
    while (tables.executeStep()) {
        OldTable& table = tables_.emplace_back();
        table.name = tables.getColumn(0).getString();
        table.has_rowid = tables.getColumn(1).getInt() == 0;
        table.columns = columns_of(connection, table.name);
    }
    SQLite::Statement indexes(connection.database(),
                              "SELECT name FROM main.sqlite_schema WHERE type = 'index'");
    while (indexes.executeStep()) {
        indexes_.push_back(indexes.getColumn(0).getString());
    }
}

const OldTable* OldSchema::find(std::string_view table) const {
    const auto found =
        std::ranges::find_if(tables_, [&](const auto& each) { return each.is_called(table); });
    return found == tables_.end() ? nullptr : &*found;
}

bool OldSchema::has(std::string_view table, std::string_view column) const {
    const OldTable* found = find(table);
    return found != nullptr && (column.empty() || found->has(column));
}

std::string OldSchema::name() const {
    if (!has("files", "ClientID")) {
        return "oldest";
    }
    for (const Mark& mark : marks) {
        const auto called = [&](const std::string& index) { return same_name(index, mark.index); };
        if (mark.index.empty() ? has(mark.table, mark.column)
                               : std::ranges::any_of(indexes_, called)) {
            return std::string(mark.schema);
        }
    }
    return "base";
}

}  // namespace catalogd::catalog::import

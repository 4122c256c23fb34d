// Which tables and columns an old database has, and which of the seven schemas that makes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/connection.h"

namespace catalogd::catalog::import {

struct OldColumn {
    std::string name;
    std::optional<std::string> fallback;  // its default, as SQL writes it

    // As SQLite compares names: without regard to the case of ASCII letters.
    [[nodiscard]] bool is_called(std::string_view other) const;
};

struct OldTable {
    std::string name;
    std::vector<OldColumn> columns;  // without computed ones
    bool has_rowid = true;

    [[nodiscard]] bool is_called(std::string_view other) const;
    [[nodiscard]] bool has(std::string_view column) const;
};

// Ordinary tables alone: a view is never run, and what a virtual table holds lies in ordinary ones.
class OldSchema {
public:
    explicit OldSchema(Connection& connection);

    // Null where there is no such table.
    [[nodiscard]] const OldTable* find(std::string_view table) const;
    [[nodiscard]] const std::vector<OldTable>& tables() const { return tables_; }
    // "oldest", "base", "migration 1" to "migration 5".
    [[nodiscard]] std::string name() const;

private:
    [[nodiscard]] bool has(std::string_view table, std::string_view column) const;

    std::vector<OldTable> tables_;
    std::vector<std::string> indexes_;
};

}  // namespace catalogd::catalog::import

// The tables that are shown to people: they have the names of the old database and its columns, and
// nothing secret. This list is all that is known of them; whoever shows one asks here, so that no
// name of the schema and no name from outside ever gets into a statement.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/connection.h"

namespace catalogd::catalog::console {

struct Column {
    std::string_view name;
    std::string_view type;        // as typeof() says it, in capitals
    std::string_view expression;  // over the table that it is taken from
    bool not_null = false;
    bool primary_key = false;
    std::optional<std::string_view> default_value{};
};

class Table {
public:
    // How a query sees it. Few rows are gathered first: then a join with an identifier, which is an
    // expression here, finds them by an index that SQLite makes for the time of the query.
    enum class Size { few, many };

    // `source` names the table of the catalog and an alias for it; `key` is its integer key, which
    // pages go along.
    Table(std::string_view name, Size size, std::string_view source,
          std::vector<std::string_view> key, std::vector<Column> columns);

    [[nodiscard]] std::string_view name() const { return name_; }
    [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
    [[nodiscard]] std::size_t key_size() const { return key_.size(); }

    // A SELECT of its columns under their names.
    [[nodiscard]] std::string view() const;
    // The key and the columns of the rows behind a key (?1 and so on), in order of it.
    [[nodiscard]] const Sql& rows() const { return rows_; }

private:
    [[nodiscard]] std::string rows_text() const;

    std::string_view name_;
    Size size_;
    std::string_view source_;
    std::vector<std::string_view> key_;
    std::vector<Column> columns_;
    const std::string statement_;  // the name of rows_, which refers to it
    Sql rows_;
};

std::span<const Table> tables();

// Throws UnknownTable where the name is none of theirs, byte for byte.
const Table& find_table(const std::string& name);

using Row = std::vector<Cell>;
// What a reply with these rows takes, some escapes aside.
std::int64_t bytes_of(const Row& row);
inline constexpr std::int64_t page_bytes = 1 << 20;

// Where a page ended: the last row's key.
using Position = std::vector<std::int64_t>;

struct Page {
    std::vector<Row> rows;
    std::optional<Position> next;  // empty where nothing follows
};

// Ends after `limit` rows or some page_bytes. Throws InvalidCursor for a position of another table.
Page read_rows(Connection& connection, const Table& table, const std::optional<Position>& after,
               std::int64_t limit);

}  // namespace catalogd::catalog::console

// Rows whose columns the daemon names, as a table, as JSON or as CSV.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/csv.h"
#include "cli/table.h"
#include "protocol/admin.h"

namespace catalogd::cli {

class RowTable {
public:
    explicit RowTable(Session& session) : session_(session) {}

    // The first call decides the columns. At most `most` of the rows; how many these were.
    std::size_t print(const std::vector<std::string>& columns,
                      const std::vector<protocol::admin::Row>& rows, std::size_t most);
    void finish();

private:
    void begin(const std::vector<std::string>& columns);
    void print_row(const protocol::admin::Row& row);
    void print_json(const protocol::admin::Row& row);

    Session& session_;
    std::vector<std::string> columns_;
    std::optional<Table> table_;
    std::optional<Csv> csv_;
};

// A value as it is typed on a command line: a number, null, text:…, hex:…, or else text.
protocol::admin::Cell parse_cell(const std::string& text);

}  // namespace catalogd::cli

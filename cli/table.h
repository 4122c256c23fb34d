// Rows under a header, in columns as wide as what is in them.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "cli/session.h"

namespace catalogd::cli {

struct Column {
    enum class Align { left, right };
    std::string_view title;
    Align align = Align::left;
};

// Holds back `page` rows to learn their widths, then prints them: a list of any length costs the
// memory of a page, and widths only ever grow. Cells are made printable here.
class Table {
public:
    static constexpr std::size_t page = 1000;

    Table(const Session& session, std::vector<Column> columns);

    void add(std::vector<std::string> cells);
    // Prints what is held back; rows may follow.
    void flush();
    [[nodiscard]] std::size_t rows() const { return rows_; }

private:
    void print_header();
    void print_row(const std::vector<std::string>& cells, bool emphasised = false);

    std::ostream& out_;
    std::vector<Column> columns_;
    std::vector<std::size_t> widths_;
    std::vector<std::vector<std::string>> held_;
    std::size_t rows_ = 0;
    bool header_due_;
    bool colour_;
};

// One thing: a name and a value per line.
class Card {
public:
    explicit Card(const Session& session) : session_(session) {}
    Card& line(std::string_view name, const std::string& value);
    void print() const;

private:
    const Session& session_;
    std::vector<std::pair<std::string_view, std::string>> lines_;
};

// A size for a person on a terminal, and in bytes for anything else.
std::string size_cell(const Session& session, std::int64_t bytes);

}  // namespace catalogd::cli

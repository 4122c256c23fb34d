#include "cli/row_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ostream>

#include "cli/figures.h"
#include "cli/printable.h"

namespace catalogd::cli {
namespace {

using protocol::admin::Cell;
using protocol::admin::Row;

std::string hex_of(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        (text += digits[byte >> 4U]) += digits[byte & 15U];
    }
    return text;
}

std::string shown(const Cell& cell) {
    if (cell.int_) {
        return std::to_string(*cell.int_);
    }
    if (cell.float_) {
        return plain_number(*cell.float_);
    }
    if (cell.text) {
        return *cell.text;
    }
    return cell.bytes ? hex_of(cell.bytes->bytes) : "-";
}

// Null is an empty cell, as it is in every list.
std::string csv_of(const Cell& cell) {
    const bool null = !cell.int_ && !cell.float_ && !cell.text && !cell.bytes;
    return null ? "" : cell.text ? csv_text(*cell.text) : shown(cell);
}

std::string json_of(const Cell& cell) {
    if (cell.int_ || cell.float_) {
        return shown(cell);
    }
    std::string json;
    if (cell.text) {
        protocol::append_quoted(json, *cell.text);
    } else if (cell.bytes) {
        protocol::append_quoted(json, protocol::to_base64(cell.bytes->bytes));
    } else {
        json = "null";
    }
    return json;
}

template <class Number>
std::optional<Number> parsed(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

std::optional<std::string> parse_hex(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        unsigned byte = 0;
        const char* const begin = text.data() + i;
        if (std::from_chars(begin, begin + 2, byte, 16).ptr != begin + 2) {
            return {};
        }
        bytes += static_cast<char>(byte);
    }
    return text.size() % 2 == 0 ? std::optional(bytes) : std::nullopt;
}

}  // namespace

std::size_t RowTable::print(const std::vector<std::string>& columns, const std::vector<Row>& rows,
                            std::size_t most) {
    if (columns_.empty()) {
        begin(columns);
    }
    const std::size_t count = std::min(most, rows.size());
    std::for_each_n(rows.begin(), count, [&](const Row& row) { print_row(row); });
    return count;
}

void RowTable::print_row(const Row& row) {
    if (session_.options.json) {
        print_json(row);
        return;
    }
    std::vector<std::string> cells;
    for (const Cell& cell : row.cells) {
        cells.push_back(csv_ ? csv_of(cell) : shown(cell));
    }
    cells.resize(columns_.size());
    if (csv_) {
        csv_->print_row(cells);
    } else {
        table_->add(std::move(cells));
    }
}

// The table's titles are views of texts, which live here.
void RowTable::begin(const std::vector<std::string>& columns) {
    std::vector<Column> titles;
    for (const std::string& column : columns) {
        columns_.push_back(printable(column));
    }
    for (const std::string& column : columns_) {
        titles.push_back({column});
    }
    if (session_.options.csv) {
        std::vector<std::string> header(columns);
        std::ranges::transform(header, header.begin(), csv_text);
        csv_.emplace(session_, std::move(header));
    } else if (!session_.options.json) {
        table_.emplace(session_, std::move(titles));
    }
}

void RowTable::print_json(const Row& row) {
    std::string json = "{";
    for (std::size_t i = 0; i < std::min(columns_.size(), row.cells.size()); ++i) {
        json += i == 0 ? "" : ",";
        protocol::append_quoted(json, columns_[i]);
        (json += ':') += json_of(row.cells[i]);
    }
    session_.out << printable_json(json += '}') << '\n';
}

void RowTable::finish() {
    if (csv_) {
        csv_->finish();
    } else if (table_) {
        table_->flush();
    }
}

Cell parse_cell(const std::string& text) {
    Cell cell;
    const std::string_view view(text);
    if (view.starts_with("text:")) {
        cell.text = view.substr(5);
    } else if (const auto bytes = parse_hex(view.starts_with("hex:") ? view.substr(4) : "x")) {
        cell.bytes = protocol::Base64{*bytes};
    } else if (const auto integer = parsed<std::int64_t>(view)) {
        cell.int_ = integer;
    } else if (const auto real = parsed<double>(view); real && std::isfinite(*real)) {
        cell.float_ = real;
    } else if (view != "null") {
        cell.text = text;
    }
    return cell;
}

}  // namespace catalogd::cli

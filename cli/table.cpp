#include "cli/table.h"

#include <algorithm>
#include <ostream>

#include "cli/figures.h"
#include "cli/printable.h"
#include "protocol/values.h"

namespace catalogd::cli {
namespace {

constexpr std::string_view bold = "\033[1m";
constexpr std::string_view plain = "\033[0m";

std::string padding(std::string_view text, std::size_t width) {
    const std::size_t used = protocol::count_characters(text);
    return std::string(width > used ? width - used : 0, ' ');
}

}  // namespace

Table::Table(const Session& session, std::vector<Column> columns)
    : out_(session.out),
      columns_(std::move(columns)),
      header_due_(!session.options.no_legend),
      colour_(session.terminal.colour) {
    for (const Column& column : columns_) {
        widths_.push_back(header_due_ ? column.title.size() : 0);
    }
}

void Table::add(std::vector<std::string> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i] = printable(cells[i]);
        widths_[i] = std::max(widths_[i], protocol::count_characters(cells[i]));
    }
    held_.push_back(std::move(cells));
    ++rows_;
    if (held_.size() == page) {
        flush();
    }
}

void Table::flush() {
    if (header_due_) {
        print_header();
        header_due_ = false;
    }
    for (const auto& row : held_) {
        print_row(row);
    }
    held_.clear();
}

void Table::print_header() {
    std::vector<std::string> titles;
    for (const Column& column : columns_) {
        titles.emplace_back(column.title);
    }
    print_row(titles, colour_);
}

void Table::print_row(const std::vector<std::string>& cells, bool emphasised) {
    out_ << (emphasised ? bold : "");
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool last = i + 1 == cells.size();
        const bool right = columns_[i].align == Column::Align::right;
        const std::string before = right ? padding(cells[i], widths_[i]) : "";
        const std::string after = right || last ? "" : padding(cells[i], widths_[i]);
        out_ << before << cells[i] << after;
        out_ << (last ? "" : "  ");
    }
    out_ << (emphasised ? plain : "") << '\n';
}

Card& Card::line(std::string_view name, const std::string& value) {
    lines_.emplace_back(name, printable(value));
    return *this;
}

void Card::print() const {
    std::size_t width = 0;
    for (const auto& [name, value] : lines_) {
        width = std::max(width, name.size());
    }
    for (const auto& [name, value] : lines_) {
        session_.out << (session_.terminal.colour ? bold : "") << name
                     << (session_.terminal.colour ? plain : "") << padding(name, width + 2) << value
                     << '\n';
    }
}

std::string size_cell(const Session& session, std::int64_t bytes) {
    return session.terminal.out ? human_bytes(bytes) : std::to_string(bytes);
}

}  // namespace catalogd::cli

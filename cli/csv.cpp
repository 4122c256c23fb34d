#include "cli/csv.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "cli/figures.h"
#include "cli/printable.h"

namespace catalogd::cli {
namespace {

namespace json = boost::json;

std::string cell_of(const json::value* value) {
    if (value == nullptr || value->is_null()) {
        return {};
    }
    if (value->is_string()) {
        return csv_text(std::string_view(value->get_string()));
    }
    if (value->is_double()) {
        return plain_number(value->get_double());
    }
    const std::string text = json::serialize(*value);
    return value->is_structured() ? csv_text(text) : text;
}

}  // namespace

std::string csv_text(std::string_view text) {
    constexpr std::string_view begin_formulas = "=+-@\t\r";
    std::string cell;
    if (!text.empty() && begin_formulas.find(text.front()) != std::string_view::npos) {
        cell += '\'';
    }
    cell += text;
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
        return cell;
    }
    std::string quoted = "\"";
    for (const char c : cell) {
        quoted += c;
        if (c == '"') {
            quoted += c;
        }
    }
    return quoted += '"';
}

Csv::Csv(const Session& session, std::vector<std::string> columns)
    : session_(session), columns_(std::move(columns)), header_due_(!session.options.no_legend) {}

std::size_t Csv::print_elements(protocol::Parameters object, std::string_view name,
                                std::size_t most) {
    const json::value* value = object != nullptr ? object->if_contains(name) : nullptr;
    if (value == nullptr || !value->is_array()) {
        return 0;
    }
    const json::array& elements = value->get_array();
    const std::size_t count = std::min(elements.size(), most);
    std::for_each_n(elements.begin(), count, [&](const json::value& element) {
        std::vector<std::string> cells;
        for (const std::string& column : columns_) {
            cells.push_back(
                cell_of(element.is_object() ? element.get_object().if_contains(column) : &element));
        }
        print_row(cells);
    });
    return count;
}

void Csv::print_row(const std::vector<std::string>& cells) {
    print_header();
    print_line(cells);
}

void Csv::print_header() {
    if (header_due_) {
        header_due_ = false;
        print_line(columns_);
    }
}

// Programs get every character as it is; a terminal would act on some.
void Csv::print_line(const std::vector<std::string>& cells) {
    const char* separator = "";
    for (const std::string& cell : cells) {
        session_.out << separator << (session_.terminal.out ? printable(cell) : cell);
        separator = ",";
    }
    session_.out << "\r\n";
}

}  // namespace catalogd::cli

#include "tests/catalog/schema_page.h"

#include <algorithm>
#include <sstream>

namespace catalogd::catalog {
namespace {

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(' ');
    return first == std::string::npos ? ""
                                      : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> split(const std::string& text, char mark) {
    std::vector<std::string> parts;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, mark);) {
        parts.push_back(trimmed(part));
    }
    return parts;
}

std::string without_marks(std::string text) {
    std::erase(text, '`');
    return text;
}

// The cells of "| a | b |".
Cells cells_of(const std::string& line) {
    return split(without_marks(line.substr(1, line.find_last_of('|') - 1)), '|');
}

bool is_row(const std::string& line) {
    return line.starts_with("|");
}

}  // namespace

std::vector<Cells> SchemaPage::table(const std::string& heading, const Cells& titles) const {
    std::vector<Cells> rows;
    bool in_section = false;
    bool in_table = false;
    for (const std::string& line : split(text_, '\n')) {
        if (line.starts_with("#")) {
            in_section = line.starts_with(heading);
        }
        if (in_section && is_row(line)) {
            const bool is_header = !in_table && cells_of(line) == titles;
            if (in_table && !line.starts_with("|--")) {
                rows.push_back(cells_of(line));
            }
            in_table = in_table || is_header;
        } else {
            in_table = false;
        }
    }
    return rows;
}

std::vector<std::string> SchemaPage::tables() const {
    std::vector<std::string> names;
    bool in_section = false;
    for (const std::string& line : split(text_, '\n')) {
        if (line.starts_with("## ")) {
            in_section = line == "## Tables";
        }
        if (in_section && line.starts_with("### ")) {
            names.push_back(without_marks(line.substr(4)));
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> words_of(const std::string& cell) {
    std::vector<std::string> words;
    for (const std::string& part : split(cell, ';')) {
        const auto remark = part.find(": ");
        const auto more = split(remark == std::string::npos ? part : part.substr(remark + 2), ',');
        words.insert(words.end(), more.begin(), more.end());
    }
    return words;
}

}  // namespace catalogd::catalog

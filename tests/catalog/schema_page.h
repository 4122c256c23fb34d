// docs/schema.md as data: its tables, read as a person would.
#pragma once

#include <string>
#include <vector>

namespace catalogd::catalog {

using Cells = std::vector<std::string>;

class SchemaPage {
public:
    explicit SchemaPage(std::string text) : text_(std::move(text)) {}

    // The rows of the table whose header has exactly these titles, under a heading that begins
    // with `heading`; without the marks around code.
    [[nodiscard]] std::vector<Cells> table(const std::string& heading, const Cells& titles) const;
    // The words in code marks of each "### `word`" heading under "## Tables".
    [[nodiscard]] std::vector<std::string> tables() const;

private:
    std::string text_;
};

// "a, b; and a remark: c" as {"a", "b", "c"}.
std::vector<std::string> words_of(const std::string& cell);

}  // namespace catalogd::catalog

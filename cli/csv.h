// Lists as CSV (RFC 4180): for programs, and safe to open in a spreadsheet.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/session.h"
#include "protocol/codec.h"

namespace catalogd::cli {

// Text as a cell. What a spreadsheet would take for a formula gets an apostrophe in front; numbers
// are no text and never come here.
std::string csv_text(std::string_view text);

// A header and rows, each printed as it comes.
class Csv {
public:
    // Columns are named as the members of the records are on the wire.
    Csv(const Session& session, std::vector<std::string> columns);

    // Each element of the array that `object` holds under this name, `most` of them at most.
    // Returns how many there were to print.
    std::size_t print_elements(protocol::Parameters object, std::string_view name,
                               std::size_t most);
    // A row of cells as csv_text made them, or of numbers.
    void print_row(const std::vector<std::string>& cells);
    // The header alone, where no row came.
    void finish() { print_header(); }

private:
    void print_header();
    void print_line(const std::vector<std::string>& cells);

    const Session& session_;
    const std::vector<std::string> columns_;
    bool header_due_;
};

}  // namespace catalogd::cli

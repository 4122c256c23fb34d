#pragma once

#include <string>

namespace catalogd::config {

/// One thing that keeps a configuration from being loaded.
struct Problem {
    std::string where;  // "FILE:LINE:COLUMN", "FILE", "environment NAME" or "flag --NAME"
    std::string key;    // "section.key", or a section; empty when the whole file is meant
    std::string reason;

    /// The line that an operator reads: "where: key: reason".
    std::string text() const { return where + ": " + (key.empty() ? "" : key + ": ") + reason; }
    bool operator==(const Problem&) const = default;
};

}  // namespace catalogd::config

// Simple Unicode case folding, one character to one, exactly as SQLite's trigram tokenizer does
// it: the table is read from that tokenizer, so that a scan and the search index always agree.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "catalog/connection.h"

namespace catalogd::catalog {

// Immutable; safe for any number of threads.
class CaseFolding {
public:
    // Asks the tokenizer of this connection's SQLite about every character, once: some 20 ms.
    explicit CaseFolding(Connection& connection);

    [[nodiscard]] std::string fold(std::string_view text) const;
    // The same into a string whose memory is used again.
    void fold(std::string_view text, std::string& out) const;
    // Whether `folded_part`, folded already, is within the text in any case.
    [[nodiscard]] bool contains(std::string_view text, std::string_view folded_part) const;

private:
    std::size_t fold_ascii(std::string_view text, char* out) const;

    std::array<char, 128> ascii_{};
    std::unordered_map<char32_t, std::string> folded_;  // of the characters that change
};

}  // namespace catalogd::catalog

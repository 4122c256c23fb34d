// What a text is found by: each three characters in a row that it has, in any case.
//
// A term is three code points of 21 bits each. Behind its last character a text goes on with two
// line feeds, which no name and no path can hold: so one or two characters are found too, by all
// terms that begin with them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/case_folding.h"

namespace catalogd::catalog::search {

using Term = std::int64_t;

// Of a folded name or path.
void append_terms(std::string_view folded, std::vector<Term>& terms);

// Finds the records of exactly this path; below zero, where no three characters are.
Term path_term(std::string_view path);

// One search text: what a document must have to contain it, and the comparison itself.
class TextQuery {
public:
    struct Range {
        Term low = 0;
        Term high = 0;
    };

    // `folded` may be empty: then every text contains it.
    explicit TextQuery(std::string folded);

    [[nodiscard]] bool empty() const { return folded_.empty(); }
    // A document contains the text only where it has a term of each range.
    [[nodiscard]] const std::vector<Range>& ranges() const { return ranges_; }
    // And always where it has: nothing is left to compare.
    [[nodiscard]] bool exact() const { return exact_; }

    [[nodiscard]] bool is_in(const CaseFolding& folding, std::string_view name,
                             std::string_view path) const {
        return folding.contains(name, folded_) || folding.contains(path, folded_);
    }

private:
    std::string folded_;
    std::vector<Range> ranges_;
    bool exact_ = true;
};

}  // namespace catalogd::catalog::search

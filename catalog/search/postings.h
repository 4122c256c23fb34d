// Which documents of a segment have a term: the rows of search_terms.
//
// A row holds the postings of many terms in order, some 4 KiB of them. Each is two varints, the
// difference to the term before it (none for the first) and a length in bytes, doubled, plus a
// kind; and then that many bytes: the differences of slots as varints, or a bitmap where that is
// shorter.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/connection.h"
#include "catalog/search/bitmap.h"
#include "catalog/search/terms.h"

namespace catalogd::catalog::search {

struct TermsRow {
    Term first = 0;
    std::string postings;
};

// Collects the terms of one segment's documents, which come in order of their slots.
class PostingsBuilder {
public:
    void add(Slot slot, Term term) {
        std::vector<Slot>& slots = slots_[term];
        if (slots.empty() || slots.back() != slot) {  // a document may have a term twice
            slots.push_back(slot);
        }
    }
    // The rows in order; `pause` is called after each.
    [[nodiscard]] std::vector<TermsRow> rows(const std::function<void()>& pause) const;

private:
    std::unordered_map<Term, std::vector<Slot>> slots_;
};

// The documents of the segment that have a term of the range.
Bitmap find_documents(Connection& connection, std::int64_t segment, const TextQuery::Range& range);

void insert_terms(WriteConnection& connection, std::int64_t segment, const TermsRow& row);

}  // namespace catalogd::catalog::search

#include "catalog/search/postings.h"

#include <algorithm>

#include "catalog/failure.h"

namespace catalogd::catalog::search {
namespace {

// A row ends with the term that reaches this: two have room in a page of 4 KiB, most of the time.
constexpr std::size_t row_bytes = 1'950;

// A row that may hold the lowest term of a range, and those behind it up to the highest.
const Sql find_sql{"search.terms",
                   "SELECT first, postings FROM search_terms WHERE segment = ?1 AND first <= ?2 "
                   "ORDER BY first DESC LIMIT 1"};
const Sql follow_sql{"search.more_terms",
                     "SELECT first, postings FROM search_terms WHERE segment = ?1 AND first > ?2 "
                     "AND first <= ?3 ORDER BY first"};
const Sql insert_sql{"search.insert_terms",
                     "INSERT INTO search_terms (segment, first, postings) VALUES (?1, ?2, ?3)"};

enum Kind : unsigned { differences, bitmap };

void put_number(std::string& out, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7U) {
        out += static_cast<char>(number | 0x80U);
    }
    out += static_cast<char>(number);
}

// Reads a row from front to back. A damaged one ends in an exception, never behind its end.
class RowReader {
public:
    RowReader(Term first, std::string_view postings) : rest_(postings), term_(first) {}

    // False behind the last term.
    bool next() {
        if (rest_.empty()) {
            return false;
        }
        term_ += static_cast<Term>(number());
        const std::uint64_t length_and_kind = number();
        const std::uint64_t length = length_and_kind >> 1U;
        kind_ = (length_and_kind & 1U) != 0 ? bitmap : differences;
        if (length > rest_.size()) {
            fail();
        }
        slots_ = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return true;
    }
    [[nodiscard]] Term term() const { return term_; }

    void add_to(Bitmap& documents) const {
        if (kind_ == bitmap) {
            documents |= Bitmap::of_bytes(std::string(slots_));
            return;
        }
        RowReader slots(slots_);
        std::uint64_t slot = 0;
        while (!slots.rest_.empty()) {
            slot += slots.number();
            if (slot >= segment_capacity) {
                fail();
            }
            documents.set(static_cast<Slot>(slot));
        }
    }

private:
    explicit RowReader(std::string_view slots) : rest_(slots) {}

    [[noreturn]] static void fail() {
        throw Unusable(Unusable::Kind::damaged, "the search index is damaged; rebuild it");
    }

    std::uint64_t number() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (rest_.empty()) {
                fail();
            }
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            number |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80) {
                return number;
            }
        }
        fail();
    }

    std::string_view rest_;
    Term term_ = 0;
    std::string_view slots_;
    Kind kind_ = differences;
};

std::string encoded(const std::vector<Slot>& slots, Kind& kind) {
    std::string text;
    Slot before = 0;
    for (const Slot slot : slots) {
        put_number(text, slot - before);
        before = slot;
    }
    kind = text.size() > Bitmap::bytes ? bitmap : differences;
    if (kind == differences) {
        return text;
    }
    Bitmap all;
    for (const Slot slot : slots) {
        all.set(slot);
    }
    return all.to_bytes();
}

void add_from_row(Run& run, const TextQuery::Range& range, Bitmap& documents) {
    const Term first = run.integer();
    RowReader reader(first, run.bytes_in_place());
    while (reader.next() && reader.term() <= range.high) {
        if (reader.term() >= range.low) {
            reader.add_to(documents);
        }
    }
}

}  // namespace

std::vector<TermsRow> PostingsBuilder::rows(const std::function<void()>& pause) const {
    std::vector<Term> terms;
    terms.reserve(slots_.size());
    for (const auto& [term, slots] : slots_) {
        terms.push_back(term);
    }
    std::ranges::sort(terms);
    std::vector<TermsRow> rows;
    Term before = 0;
    for (const Term term : terms) {
        if (rows.empty() || rows.back().postings.size() >= row_bytes) {
            pause();
            rows.push_back({term, {}});
            before = term;
        }
        Kind kind = differences;
        const std::string slots = encoded(slots_.at(term), kind);
        std::string& out = rows.back().postings;
        put_number(out, static_cast<std::uint64_t>(term) - static_cast<std::uint64_t>(before));
        put_number(out, slots.size() << 1U | kind);
        out += slots;
        before = term;
    }
    return rows;
}

Bitmap find_documents(Connection& connection, std::int64_t segment, const TextQuery::Range& range) {
    Bitmap documents;
    if (Run run(connection, find_sql, segment, range.low); run.step()) {
        add_from_row(run, range, documents);
    }
    if (range.high > range.low) {
        Run run(connection, follow_sql, segment, range.low, range.high);
        while (run.step()) {
            add_from_row(run, range, documents);
        }
    }
    return documents;
}

void insert_terms(WriteConnection& connection, std::int64_t segment, const TermsRow& row) {
    Run(connection, insert_sql, segment, row.first, Blob{row.postings}).execute();
}

}  // namespace catalogd::catalog::search

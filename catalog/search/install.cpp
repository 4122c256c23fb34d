// The writer's part of bringing the search index up to the records.
#include <algorithm>
#include <limits>
#include <span>

#include "catalog/search/build.h"
#include "catalog/search/sizes.h"

namespace catalogd::catalog::search {
namespace {

const Sql insert_segment_sql{"search.insert_segment",
                             "INSERT INTO search_segments (number, columns) VALUES (?1, ?2)"};
const Sql insert_marks_sql{"search.insert_marks",
                           "INSERT INTO search_marks (segment, version, alive) VALUES (?1, 1, ?2)"};
const Sql read_marks_sql{"search.read_marks", "SELECT alive FROM search_marks WHERE segment = ?1"};
const Sql write_marks_sql{"search.write_marks",
                          "UPDATE search_marks SET version = version + 1, alive = ?2 "
                          "WHERE segment = ?1"};
const Sql remove_segment_sql{"search.remove_segment",
                             "DELETE FROM search_segments WHERE number = ?1"};
const Sql forget_changes_sql{
    "search.forget_changes",
    "DELETE FROM search_changes WHERE file BETWEEN 1 AND ?1 AND change <= ?2"};
const Sql forget_gone_sql{"search.forget_gone",
                          "DELETE FROM search_gone_clients WHERE change <= ?1"};
const Sql clear_terms_sql{"search.clear_terms", "DELETE FROM search_terms"};
const Sql clear_segments_sql{"search.clear_segments", "DELETE FROM search_segments"};
const Sql clear_changes_sql{"search.clear_changes", "DELETE FROM search_changes"};
const Sql clear_gone_sql{"search.clear_gone", "DELETE FROM search_gone_clients"};

// Some 100 KiB, which is what a segment's columns have too: about a third of a millisecond.
constexpr std::size_t rows_in_piece = 48;

// Of the segment, which nobody sees as long as it has no marks. A step that was not installed to
// its end may have left some of it under this number.
void begin_segment(WriteConnection& connection, std::int64_t number, const Step& step) {
    Run(connection, remove_segment_sql, number).execute();
    if (step.documents > 0) {
        Run(connection, insert_segment_sql, number, Blob{step.columns}).execute();
    }
}

void insert_piece(WriteConnection& connection, std::int64_t number, const Step& step,
                  std::size_t piece) {
    const auto rows = std::span(step.terms).subspan(piece * rows_in_piece);
    for (const TermsRow& row : rows.first(std::min(rows.size(), rows_in_piece))) {
        insert_terms(connection, number, row);
    }
}

// A segment without a living document goes.
void mark_dead(WriteConnection& connection, std::int64_t segment, const std::vector<Slot>& slots) {
    Bitmap alive;
    if (Run run(connection, read_marks_sql, segment); run.step()) {
        alive = Bitmap::of_bytes(run.bytes());
    }
    for (const Slot slot : slots) {
        alive.clear(slot);
    }
    if (alive.empty()) {
        Run(connection, remove_segment_sql, segment).execute();
    } else {
        const Bytes bytes = alive.to_bytes();
        Run(connection, write_marks_sql, segment, Blob{bytes}).execute();
    }
}

// From here on it is what searches look at.
void finish(WriteTransaction& transaction, const Step& step) {
    WriteConnection& connection = transaction.connection();
    IndexState& index = transaction.summary().index;
    ++index.last_segment;
    for (const auto& [segment, slots] : step.dead) {
        mark_dead(connection, segment, slots);
    }
    if (step.documents > 0) {
        const Bytes alive = Bitmap::first(step.documents).to_bytes();
        Run(connection, insert_marks_sql, index.last_segment, Blob{alive}).execute();
    }
    Run(connection, forget_changes_sql, step.followed_to, step.change).execute();
    Run(connection, forget_gone_sql, step.change).execute();
    index.indexed_to = step.indexed_to;
    if (step.follows_every_change) {
        index.indexed_change = step.change;
    }
    // Far behind, the bounds stay as they are: wider than they need be, and still right.
    if (backlog(transaction.summary()) <= static_cast<std::int64_t>(segment_capacity)) {
        const SizeRange loose = loose_sizes(connection, index.indexed_to);
        index.loose_smallest = loose.smallest;
        index.loose_largest = loose.largest;
    }
}

}  // namespace

std::size_t pieces_of(const Step& step) {
    return (step.terms.size() + rows_in_piece - 1) / rows_in_piece + 1;
}

void install(WriteTransaction& transaction, const Step& step, std::size_t piece) {
    WriteConnection& connection = transaction.connection();
    const std::int64_t last_segment = transaction.summary().index.last_segment;
    if (step.built_on.catalog != read_state(connection).catalog ||
        step.built_on.number != last_segment) {
        return;
    }
    if (piece == 0) {
        begin_segment(connection, last_segment + 1, step);
    }
    if (piece + 1 < pieces_of(step)) {
        insert_piece(connection, last_segment + 1, step, piece);
    } else {
        finish(transaction, step);
    }
}

// The bounds of sizes become wider than they need be until the first segment is there again.
void forget_all(WriteTransaction& transaction) {
    for (const Sql* sql :
         {&clear_terms_sql, &clear_segments_sql, &clear_changes_sql, &clear_gone_sql}) {
        Run(transaction.connection(), *sql).execute();
    }
    IndexState& index = transaction.summary().index;
    ++index.last_segment;
    index.indexed_to = 0;
    index.indexed_change = index.last_change;
    index.loose_smallest = 0;
    index.loose_largest = std::numeric_limits<std::int64_t>::max();
}

std::int64_t backlog(const Summary& summary) {
    const IndexState& index = summary.index;
    return summary.last_number - index.indexed_to + index.last_change - index.indexed_change;
}

}  // namespace catalogd::catalog::search

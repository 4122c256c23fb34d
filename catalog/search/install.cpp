// The writer's part of bringing the search index up to the records.
#include <limits>

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
const Sql forget_change_sql{"search.forget_change",
                            "DELETE FROM search_changes WHERE file = ?1 AND change <= ?2"};
const Sql forget_gone_sql{"search.forget_gone",
                          "DELETE FROM search_gone_clients WHERE change <= ?1"};
const Sql clear_terms_sql{"search.clear_terms", "DELETE FROM search_terms"};
const Sql clear_segments_sql{"search.clear_segments", "DELETE FROM search_segments"};
const Sql clear_changes_sql{"search.clear_changes", "DELETE FROM search_changes"};
const Sql clear_gone_sql{"search.clear_gone", "DELETE FROM search_gone_clients"};

void insert_segment(WriteTransaction& transaction, std::int64_t number, const Step& step) {
    WriteConnection& connection = transaction.connection();
    Run(connection, insert_segment_sql, number, Blob{step.columns}).execute();
    const Bytes alive = Bitmap::first(step.documents).to_bytes();
    Run(connection, insert_marks_sql, number, Blob{alive}).execute();
    for (const TermsRow& row : step.terms) {
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

}  // namespace

void install(WriteTransaction& transaction, const Step& step) {
    WriteConnection& connection = transaction.connection();
    IndexState& index = transaction.summary().index;
    if (step.built_on.catalog != read_state(connection).catalog ||
        step.built_on.number != index.last_segment) {
        return;
    }
    ++index.last_segment;
    for (const auto& [segment, slots] : step.dead) {
        mark_dead(connection, segment, slots);
    }
    if (step.documents > 0) {
        insert_segment(transaction, index.last_segment, step);
    }
    for (const std::int64_t file : step.followed) {
        Run(connection, forget_change_sql, file, step.change).execute();
    }
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

#include "catalog/search/index.h"

#include <algorithm>

namespace catalogd::catalog::search {
namespace {

// The schema's version: SQLite counts it up whenever it puts another database in the place of this.
const Sql state_sql{"search.state",
                    "SELECT replaced.schema_version, last_segment FROM summary "
                    "CROSS JOIN pragma_schema_version replaced WHERE only_row = 1"};
const Sql marks_sql{"search.marks", "SELECT segment, version, alive FROM search_marks"};
const Sql columns_sql{"search.columns", "SELECT columns FROM search_segments WHERE number = ?1"};

std::shared_ptr<const Segment> load(Connection& connection, std::int64_t number) {
    Run run(connection, columns_sql, number);
    run.step();
    return std::make_shared<const Segment>(number, run.bytes());
}

// What is known of the segment; empty where nothing is.
const LoadedSegment* find(const Segments& known, std::int64_t number) {
    const auto found = std::ranges::lower_bound(
        known.loaded, number, {},
        [](const LoadedSegment& loaded) { return loaded.segment->number(); });
    return found != known.loaded.end() && found->segment->number() == number ? &*found : nullptr;
}

std::shared_ptr<const Segments> load(Connection& connection, const State& state,
                                     const Segments& known) {
    auto segments = std::make_shared<Segments>();
    segments->state = state;
    Run run(connection, marks_sql);
    while (run.step()) {
        const std::int64_t number = run.integer();
        const std::int64_t version = run.integer();
        const LoadedSegment* same =
            known.state.catalog == state.catalog ? find(known, number) : nullptr;
        if (same != nullptr && same->version == version) {
            segments->loaded.push_back(*same);
        } else {
            segments->loaded.push_back(
                {same != nullptr ? same->segment : load(connection, number), version,
                 std::make_shared<const Bitmap>(Bitmap::of_bytes(run.bytes()))});
        }
    }
    return segments;
}

}  // namespace

State read_state(Connection& connection) {
    State state;
    if (Run run(connection, state_sql); run.step()) {
        state.catalog = run.integer();
        state.number = run.integer();
    }
    return state;
}

std::shared_ptr<const Segments> Index::segments(Connection& connection) {
    const State state = read_state(connection);
    auto known = newest_.load();
    if (known->state == state) {
        return known;
    }
    auto segments = load(connection, state, *known);
    // An older snapshot's must not take the place of a newer one's.
    while (known->state < state && !newest_.compare_exchange_weak(known, segments)) {
    }
    return segments;
}

}  // namespace catalogd::catalog::search

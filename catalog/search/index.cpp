#include "catalog/search/index.h"

#include <algorithm>

namespace catalogd::catalog::search {
namespace {

const Sql state_sql{"search.state", "SELECT last_segment FROM summary WHERE only_row = 1"};
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

std::shared_ptr<const Segments> load(Connection& connection, std::int64_t state,
                                     const Segments& known) {
    auto segments = std::make_shared<Segments>();
    segments->state = state;
    Run run(connection, marks_sql);
    while (run.step()) {
        const std::int64_t number = run.integer();
        const std::int64_t version = run.integer();
        const LoadedSegment* same = find(known, number);
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

std::shared_ptr<const Segments> Index::segments(Connection& connection) {
    std::int64_t state = 0;
    if (Run run(connection, state_sql); run.step()) {
        state = run.integer();
    }
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

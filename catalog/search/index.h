// The search index in memory: its segments, loaded once and shared by all who search.
#pragma once

#include <atomic>
#include <compare>
#include <memory>
#include <vector>

#include "catalog/connection.h"
#include "catalog/search/segment.h"

namespace catalogd::catalog::search {

// A segment, and which of its documents stand for a record.
struct LoadedSegment {
    std::shared_ptr<const Segment> segment;
    std::int64_t version = 0;  // of `alive`
    std::shared_ptr<const Bitmap> alive;
};

// Which index it is, and in which state.
struct State {
    // Each restore counts it up: numbers of another catalog mean nothing in this one.
    std::int64_t catalog = 0;
    std::int64_t number = 0;  // counted up with each change of the index

    auto operator<=>(const State&) const = default;
};

// As the connection's snapshot has it.
State read_state(Connection& connection);

// All of one state of the index.
struct Segments {
    State state;
    std::vector<LoadedSegment> loaded;  // in order of their numbers
};

// Safe for any number of threads.
class Index {
public:
    // As the connection's snapshot has them; in a transaction, so that they stay so.
    std::shared_ptr<const Segments> segments(Connection& connection);

    // Files that had the smallest and the largest size of all that is not in the index, when
    // somebody last had to read those; 0: none known. Hints: whoever uses one looks at the record.
    struct Extremes {
        std::atomic<std::int64_t> smallest{0};
        std::atomic<std::int64_t> largest{0};
    };
    Extremes loose_extremes;

private:
    // The newest that anybody has seen.
    std::atomic<std::shared_ptr<const Segments>> newest_{std::make_shared<const Segments>()};
};

}  // namespace catalogd::catalog::search

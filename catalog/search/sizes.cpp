#include "catalog/search/sizes.h"

#include <algorithm>
#include <unordered_set>

#include "catalog/search/notes.h"

namespace catalogd::catalog::search {
namespace {

const Sql is_changed_sql{"search.is_changed", "SELECT 1 FROM search_changes WHERE file = ?1"};
const Sql new_sizes_sql{"search.new_sizes",
                        "SELECT min(size), max(size) FROM files WHERE number > ?1"};
const Sql changed_sizes_sql{"search.sizes_of_changed",
                            "SELECT min(f.size), max(f.size) FROM search_changes c "
                            "JOIN files f ON f.number = c.file"};

const Sql size_of_sql{"search.size_of", "SELECT size FROM files WHERE number = ?1"};
const Sql new_of_size_sql{"search.new_of_size",
                          "SELECT number FROM files WHERE number > ?1 AND size = ?2 LIMIT 1"};
const Sql changed_of_size_sql{"search.changed_of_size",
                              "SELECT c.file FROM search_changes c "
                              "CROSS JOIN files f ON f.number = c.file WHERE f.size = ?1 LIMIT 1"};

using Size = std::optional<std::int64_t>;

Size lower(const Size& a, const Size& b) {
    return a && b ? std::min(*a, *b) : a ? a : b;
}
Size higher(const Size& a, const Size& b) {
    return a && b ? std::max(*a, *b) : a ? a : b;
}

SizeRange joined(const SizeRange& a, const SizeRange& b) {
    return {lower(a.smallest, b.smallest), higher(a.largest, b.largest)};
}

class IndexedSizes {
public:
    IndexedSizes(Connection& connection, Index& index)
        : connection_(connection),
          segments_(index.segments(connection)),
          gone_(gone_clients(connection)) {}

    SizeRange range() {
        SizeRange range;
        for (const LoadedSegment& loaded : segments_->loaded) {
            const Segment::Ranking& ranking = loaded.segment->by_size();
            const auto known = ranking.slots.begin() + static_cast<std::ptrdiff_t>(ranking.known);
            range.smallest = lower(range.smallest, first(loaded, ranking.slots.begin(), known,
                                                         range.smallest, std::less<>()));
            range.largest =
                higher(range.largest, first(loaded, std::reverse_iterator(known),
                                            ranking.slots.rend(), range.largest, std::greater<>()));
        }
        return range;
    }

private:
    // The first size of the ranking whose document stands; none that is no better than `best`.
    template <class Iterator, class Better>
    Size first(const LoadedSegment& loaded, Iterator slot, Iterator end, const Size& best,
               Better better) {
        for (; slot != end; ++slot) {
            const std::int64_t size = loaded.segment->bytes(*slot);
            if (best && !better(size, *best)) {
                return {};
            }
            if (loaded.alive->test(*slot) && !gone_.contains(loaded.segment->client(*slot)) &&
                !is_changed(loaded.segment->file(*slot))) {
                return size;
            }
        }
        return {};
    }
    bool is_changed(std::int64_t file) { return Run(connection_, is_changed_sql, file).step(); }

    Connection& connection_;
    std::shared_ptr<const Segments> segments_;
    std::unordered_set<std::int64_t> gone_;
};

SizeRange read_range(Run&& run) {
    run.step();
    SizeRange range;
    range.smallest = run.optional_integer();
    range.largest = run.optional_integer();
    return range;
}

// Whether a record of that size is there. Where it is the bound of all loose sizes, it is their
// extreme then, and none of them has to be read.
bool is_reached(Connection& connection, const Size& bound, std::int64_t file) {
    Run run(connection, size_of_sql, file);
    return run.step() && run.optional_integer() == bound;
}

std::int64_t loose_file_of_size(Connection& connection, std::int64_t indexed_to,
                                std::int64_t size) {
    Run among_new(connection, new_of_size_sql, indexed_to, size);
    if (among_new.step()) {
        return among_new.integer();
    }
    Run among_changed(connection, changed_of_size_sql, size);
    return among_changed.step() ? among_changed.integer() : 0;
}

// For whoever asks next: as a rule nothing has changed about it by then.
void remember(Connection& connection, const IndexState& state, const SizeRange& loose,
              Index::Extremes& extremes) {
    if (loose.smallest && loose.smallest == state.loose_smallest) {
        extremes.smallest = loose_file_of_size(connection, state.indexed_to, *loose.smallest);
    }
    if (loose.largest && loose.largest == state.loose_largest) {
        extremes.largest = loose_file_of_size(connection, state.indexed_to, *loose.largest);
    }
}

}  // namespace

SizeRange size_range(Connection& connection, Index& index, const IndexState& state) {
    SizeRange range = IndexedSizes(connection, index).range();
    const SizeRange bounds = joined(range, SizeRange{state.loose_smallest, state.loose_largest});
    Index::Extremes& extremes = index.loose_extremes;
    const bool exact = (bounds.smallest == range.smallest ||
                        is_reached(connection, bounds.smallest, extremes.smallest)) &&
                       (bounds.largest == range.largest ||
                        is_reached(connection, bounds.largest, extremes.largest));
    if (exact) {
        return bounds;
    }
    const SizeRange loose = loose_sizes(connection, state.indexed_to);
    remember(connection, state, loose, extremes);
    return joined(range, loose);
}

SizeRange loose_sizes(Connection& connection, std::int64_t indexed_to) {
    return joined(read_range(Run(connection, new_sizes_sql, indexed_to)),
                  read_range(Run(connection, changed_sizes_sql)));
}

}  // namespace catalogd::catalog::search

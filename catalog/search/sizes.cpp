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

}  // namespace

SizeRange size_range(Connection& connection, Index& index, const IndexState& state) {
    SizeRange range = IndexedSizes(connection, index).range();
    const bool loose_matter = lower(range.smallest, state.loose_smallest) != range.smallest ||
                              higher(range.largest, state.loose_largest) != range.largest;
    return loose_matter ? joined(range, loose_sizes(connection, state.indexed_to)) : range;
}

SizeRange loose_sizes(Connection& connection, std::int64_t indexed_to) {
    return joined(read_range(Run(connection, new_sizes_sql, indexed_to)),
                  read_range(Run(connection, changed_sizes_sql)));
}

}  // namespace catalogd::catalog::search

// One snapshot of everything that a search looks at: the index, and the records that are not in it.
#pragma once

#include <functional>
#include <optional>
#include <unordered_set>
#include <vector>

#include "catalog/search/filter.h"
#include "catalog/search/index.h"

namespace catalogd::catalog::search {

// A record that has no document, or one that no longer is right, and that the filter admits.
struct LooseRecord {
    std::int64_t file = 0;
    Figures figures;
};

class View {
public:
    // What the index is asked about the filter's text: all that it knows, or only what pays for a
    // page, whose records are read and compared in any case.
    enum class Text { all, what_pays };

    // The connection must be in a transaction for as long as the view lives.
    View(Connection& connection, Index& index, const Filter& filter, Text text);

    [[nodiscard]] Connection& connection() const { return connection_; }
    [[nodiscard]] const Filter& filter() const { return filter_; }
    [[nodiscard]] const std::vector<LoadedSegment>& segments() const { return segments_->loaded; }
    // In no order.
    [[nodiscard]] const std::vector<LooseRecord>& loose() const { return loose_; }

    // What the index is asked about the text, the rarest first.
    [[nodiscard]] const std::vector<TextQuery::Range>& text_ranges() const { return text_ranges_; }

    // Whether a living document is right: neither its record nor its client was changed since.
    [[nodiscard]] bool stands(const Segment& segment, Slot slot) const {
        return (changed_.empty() || !changed_.contains(segment.file(slot))) &&
               (gone_clients_.empty() || !gone_clients_.contains(segment.client(slot)));
    }

private:
    void look_at(Run& run, std::int64_t file);
    void find_changed();
    void find_new(std::int64_t indexed_to);
    void choose_text_ranges(Text text);

    Connection& connection_;
    const Filter& filter_;
    std::shared_ptr<const Segments> segments_;
    std::unordered_set<std::int64_t> gone_clients_;
    std::unordered_set<std::int64_t> changed_;
    std::vector<LooseRecord> loose_;
    std::vector<TextQuery::Range> text_ranges_;
};

// One segment under a filter.
class Scan {
public:
    Scan(const View& view, const LoadedSegment& loaded);

    [[nodiscard]] const Segment& segment() const { return *segment_; }
    // The documents that have what the filter asks of figures, and may contain its text.
    [[nodiscard]] const Bitmap& candidates() const { return candidates_; }
    // Of a candidate: all that is left to ask, but its text where the query is not exact.
    [[nodiscard]] bool admits(Slot slot) const { return view_.stands(*segment_, slot); }

private:
    void keep_figures();

    const View& view_;
    const Segment* segment_;
    Bitmap candidates_;
};

}  // namespace catalogd::catalog::search

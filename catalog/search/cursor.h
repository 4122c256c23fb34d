// A segment's documents in order of a figure.
#pragma once

#include <memory>

#include "catalog/search/search.h"
#include "catalog/search/view.h"

namespace catalogd::catalog::search {

using Figure = std::optional<std::int64_t>;

// Which figure orders a search, and in which direction. Unknown figures come last in both.
class Ranks {
public:
    explicit Ranks(Order order)
        : by_size_(order == Order::largest || order == Order::smallest),
          descending_(order == Order::newest || order == Order::largest) {}

    [[nodiscard]] bool before(const Figure& a, const Figure& b) const {
        if (!a || !b) {
            return a.has_value() && !b;
        }
        return descending_ ? *a > *b : *a < *b;
    }
    [[nodiscard]] Figure of(const Figures& figures) const {
        return by_size_ ? figures.size : figures.modified;
    }
    [[nodiscard]] bool descending() const { return descending_; }
    [[nodiscard]] const Segment::Ranking& ranking(const Segment& segment) const {
        return by_size_ ? segment.by_size() : segment.by_modified();
    }
    [[nodiscard]] Segment::Ranking ranking(const Segment& segment, const Bitmap& documents) const {
        return by_size_ ? segment.by_size(documents) : segment.by_modified(documents);
    }

private:
    bool by_size_;
    bool descending_;
};

// Passes over what the filter does not admit.
class Cursor {
public:
    Cursor(const View& view, const LoadedSegment& loaded, const Ranks& ranks);

    [[nodiscard]] bool ended() const { return at_ == ranking_->slots.size(); }
    [[nodiscard]] Figure figure() const { return figure_at(at_); }
    [[nodiscard]] std::int64_t file() const { return scan_.segment().file(slot_at(at_)); }
    [[nodiscard]] std::int64_t client() const { return scan_.segment().client(slot_at(at_)); }
    [[nodiscard]] bool is_at(const Figure& wanted) const { return !ended() && figure() == wanted; }

    void next();
    // To the first document that does not come before the figure.
    void go_to(const Figure& figure);
    // Behind every document that has the figure.
    void go_behind(const Figure& figure);

private:
    [[nodiscard]] Slot slot_at(std::size_t at) const;
    [[nodiscard]] Figure figure_at(std::size_t at) const;
    void pass_over();

    Scan scan_;
    Ranks ranks_;
    // The candidates' own where they are few, else the segment's.
    std::shared_ptr<const Segment::Ranking> own_;
    const Segment::Ranking* ranking_;
    std::size_t at_ = 0;
};

}  // namespace catalogd::catalog::search

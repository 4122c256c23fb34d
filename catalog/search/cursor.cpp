#include "catalog/search/cursor.h"

#include <algorithm>
#include <ranges>

namespace catalogd::catalog::search {

// Walking through a whole segment for a few documents costs more than putting them in order.
Cursor::Cursor(const View& view, const LoadedSegment& loaded, const Ranks& ranks)
    : scan_(view, loaded), ranks_(ranks), ranking_(&ranks.ranking(scan_.segment())) {
    constexpr std::int64_t few = segment_capacity / 32;
    if (scan_.candidates().count() <= few) {
        own_ = std::make_shared<const Segment::Ranking>(
            ranks.ranking(scan_.segment(), scan_.candidates()));
        ranking_ = own_.get();
    }
    pass_over();
}

void Cursor::next() {
    ++at_;
    pass_over();
}

void Cursor::go_to(const Figure& figure) {
    const auto places = std::views::iota(std::size_t{0}, ranking_->slots.size());
    at_ = *std::ranges::partition_point(
        places, [&](std::size_t at) { return ranks_.before(figure_at(at), figure); });
    pass_over();
}

void Cursor::go_behind(const Figure& figure) {
    const auto places = std::views::iota(std::size_t{0}, ranking_->slots.size());
    at_ = *std::ranges::partition_point(
        places, [&](std::size_t at) { return !ranks_.before(figure, figure_at(at)); });
    pass_over();
}

Slot Cursor::slot_at(std::size_t at) const {
    const bool backwards = ranks_.descending() && at < ranking_->known;
    return ranking_->slots[backwards ? ranking_->known - 1 - at : at];
}

Figure Cursor::figure_at(std::size_t at) const {
    return at < ranking_->known ? ranks_.of(scan_.segment().figures(slot_at(at))) : Figure();
}

void Cursor::pass_over() {
    while (!ended()) {
        const Slot slot = slot_at(at_);
        if (scan_.candidates().test(slot) && scan_.admits(slot)) {
            return;
        }
        ++at_;
    }
}

}  // namespace catalogd::catalog::search

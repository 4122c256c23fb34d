#include "catalog/search/page.h"

namespace catalogd::catalog::search {
namespace {

// Records between two looks at the time.
constexpr int between_looks = 64;

}  // namespace

bool PageFiller::must_end() const {
    // Never before the search has come further than where it began: pages must lead to an end.
    return size_.full() || (reached_ && request_.time_is_up());
}

bool PageFiller::offer(const Position& at, OwnedFile found) {
    const bool time_for_look = --until_look_ == 0;
    until_look_ = time_for_look ? between_looks : until_look_;
    if (size_.full() || (time_for_look && must_end())) {
        return false;
    }
    reached_ = at;
    const FileRecord& file = found.file;
    if (view_.filter().admits(figures_of(found.owner.number, file), file.name, file.path)) {
        size_.add(file);
        page_.files.push_back(std::move(found));
    }
    return true;
}

Page PageFiller::cut_short() {
    page_.next = reached_ ? reached_ : request_.after;
    return std::move(page_);
}

}  // namespace catalogd::catalog::search

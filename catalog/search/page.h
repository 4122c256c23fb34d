// A page of a search while it is being filled.
#pragma once

#include "catalog/files.h"
#include "catalog/search/search.h"
#include "catalog/search/view.h"

namespace catalogd::catalog::search {

class PageFiller {
public:
    PageFiller(const View& view, const Request& request)
        : view_(view), request_(request), size_(request.limit) {}

    // The next record of the order, at its place: it goes into the page where the filter admits it.
    // False where the page has to end before it, full or out of time.
    bool offer(const Position& at, OwnedFile found);
    // The same, told before a record is at hand.
    [[nodiscard]] bool must_end() const;

    // Call when no record is left, or where the page has to end.
    Page finished() { return std::move(page_); }
    Page cut_short();

private:
    const View& view_;
    const Request& request_;
    files::PageSize size_;
    Page page_;
    std::optional<Position> reached_;
    int until_look_ = 1;
};

// Both search orders; each needs a view of the request's filter.
Page find_ranked(const View& view, const Request& request);
Page find_by_name(const View& view, const Request& request);

}  // namespace catalogd::catalog::search

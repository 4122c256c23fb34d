// Searching in order of a figure: size or time.
//
// Each segment's documents are ranked by the figure, so the search merges the segments and looks at
// no more documents than its page needs. Those with one figure, a group, are put in order of client
// and name. A small group is read whole. Of a large one only as many clients are read as the page
// needs, and a client that has too many of the group is walked through in order of its names.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "catalog/clients.h"
#include "catalog/search/cursor.h"
#include "catalog/search/page.h"

namespace catalogd::catalog::search {
namespace {

// Records that are read and sorted at once.
constexpr std::size_t largest_group = 1'000;
using Files = std::vector<std::int64_t>;  // by number

class RankedSearch {
public:
    RankedSearch(const View& view, const Request& request);
    Page run();

private:
    // A client's part of a group.
    struct Share {
        Id id{};
        std::int64_t client = 0;
        std::size_t files = 0;
    };

    [[nodiscard]] std::optional<Figure> next_figure() const;
    [[nodiscard]] bool is_past(const Figure& figure, const Id& client,
                               const std::string& name) const;
    // Each calls `visit(file, client)` for the group, and leaves the cursors somewhere in it.
    template <class Visit>
    void each_of(const Figure& figure, const Visit& visit);
    Files collect(const Figure& figure);
    void leave(const Figure& figure);

    void add_group(const Figure& figure);
    void add_large_group(const Figure& figure);
    std::vector<Share> shares_of(const Figure& figure);
    void add_sorted(const Figure& figure, const Files& files);
    void walk(const Figure& figure, const Share& share);
    // False where the page has to end here.
    bool add(const Figure& figure, OwnedFile found);

    const View& view_;
    const Request& request_;
    const Ranks ranks_;
    PageFiller page_;
    std::vector<Cursor> cursors_;
    std::vector<LooseRecord> loose_;  // in the order
    std::size_t loose_at_ = 0;
    bool stopped_ = false;  // within a group
};

RankedSearch::RankedSearch(const View& view, const Request& request)
    : view_(view),
      request_(request),
      ranks_(request.order),
      page_(view, request),
      loose_(view.loose()) {
    for (const LoadedSegment& segment : view.segments()) {
        cursors_.emplace_back(view, segment, ranks_);
    }
    std::ranges::sort(loose_, [&](const LooseRecord& a, const LooseRecord& b) {
        return ranks_.before(ranks_.of(a.figures), ranks_.of(b.figures));
    });
    if (request.after) {
        for (Cursor& cursor : cursors_) {
            cursor.go_to(request.after->figure);
        }
        while (loose_at_ < loose_.size() &&
               ranks_.before(ranks_.of(loose_[loose_at_].figures), request.after->figure)) {
            ++loose_at_;
        }
    }
}

Page RankedSearch::run() {
    for (auto figure = next_figure(); figure; figure = next_figure()) {
        if (page_.must_end()) {
            return page_.cut_short();
        }
        add_group(*figure);
        if (stopped_) {
            return page_.cut_short();
        }
    }
    return page_.finished();
}

// The outer one is empty where nothing is left.
std::optional<Figure> RankedSearch::next_figure() const {
    std::optional<Figure> first;
    const auto consider = [&](const Figure& figure) {
        if (!first || ranks_.before(figure, *first)) {
            first = figure;
        }
    };
    for (const Cursor& cursor : cursors_) {
        if (!cursor.ended()) {
            consider(cursor.figure());
        }
    }
    if (loose_at_ < loose_.size()) {
        consider(ranks_.of(loose_[loose_at_].figures));
    }
    return first;
}

bool RankedSearch::is_past(const Figure& figure, const Id& client, const std::string& name) const {
    const auto& after = request_.after;
    return !after || figure != after->figure ||
           std::tie(client, name) > std::tie(after->client, after->name);
}

template <class Visit>
void RankedSearch::each_of(const Figure& figure, const Visit& visit) {
    for (Cursor& cursor : cursors_) {
        for (cursor.go_to(figure); cursor.is_at(figure); cursor.next()) {
            visit(cursor.file(), cursor.client());
        }
    }
    for (std::size_t i = loose_at_; i < loose_.size() && ranks_.of(loose_[i].figures) == figure;
         ++i) {
        visit(loose_[i].file, loose_[i].figures.client);
    }
}

// The group where it is small; of a large one, one more than a small one may have.
Files RankedSearch::collect(const Figure& figure) {
    Files files;
    for (Cursor& cursor : cursors_) {
        for (; cursor.is_at(figure) && files.size() <= largest_group; cursor.next()) {
            files.push_back(cursor.file());
        }
    }
    for (std::size_t i = loose_at_; i < loose_.size() && files.size() <= largest_group &&
                                    ranks_.of(loose_[i].figures) == figure;
         ++i) {
        files.push_back(loose_[i].file);
    }
    return files;
}

void RankedSearch::leave(const Figure& figure) {
    for (Cursor& cursor : cursors_) {
        if (cursor.is_at(figure)) {
            cursor.go_behind(figure);
        }
    }
    while (loose_at_ < loose_.size() && ranks_.of(loose_[loose_at_].figures) == figure) {
        ++loose_at_;
    }
}

void RankedSearch::add_group(const Figure& figure) {
    const Files files = collect(figure);
    if (files.size() <= largest_group) {
        add_sorted(figure, files);
    } else {
        add_large_group(figure);
    }
    leave(figure);
}

std::vector<RankedSearch::Share> RankedSearch::shares_of(const Figure& figure) {
    std::unordered_map<std::int64_t, std::size_t> counts;
    each_of(figure, [&](std::int64_t /*file*/, std::int64_t client) { ++counts[client]; });
    std::vector<Share> shares;
    for (const auto& [client, files] : counts) {
        const auto id = clients::id_of(view_.connection(), client);
        const bool begun = request_.after && request_.after->figure == figure;
        if (id && (!begun || *id >= request_.after->client)) {
            shares.push_back({*id, client, files});
        }
    }
    std::ranges::sort(shares, {}, &Share::id);
    return shares;
}

void RankedSearch::add_large_group(const Figure& figure) {
    const auto shares = shares_of(figure);
    for (auto share = shares.begin(); share != shares.end() && !stopped_;) {
        if (share->files > largest_group) {
            walk(figure, *share++);
            continue;
        }
        std::unordered_set<std::int64_t> clients;
        for (std::size_t count = 0; share != shares.end() && count + share->files <= largest_group;
             ++share) {
            clients.insert(share->client);
            count += share->files;
        }
        Files files;
        each_of(figure, [&](std::int64_t file, std::int64_t client) {
            if (clients.contains(client)) {
                files.push_back(file);
            }
        });
        add_sorted(figure, files);
    }
}

void RankedSearch::add_sorted(const Figure& figure, const Files& files) {
    std::vector<OwnedFile> found;
    for (const std::int64_t file : files) {
        auto owned = files::find_by_number(view_.connection(), file);
        if (owned && is_past(figure, owned->owner.id, owned->file.name)) {
            found.push_back(std::move(*owned));
        }
    }
    std::ranges::sort(found, {}, [](const OwnedFile& owned) {
        return std::tie(owned.owner.id, owned.file.name);
    });
    for (OwnedFile& owned : found) {
        if (!add(figure, std::move(owned))) {
            return;
        }
    }
}

void RankedSearch::walk(const Figure& figure, const Share& share) {
    const auto& after = request_.after;
    const bool begun = after && after->figure == figure && after->client == share.id;
    const auto owner = clients::find_owner(view_.connection(), share.id);
    files::walk(view_.connection(), share.client, begun ? after->name : "", [&](FileRecord file) {
        return ranks_.of(figures_of(share.client, file)) != figure ||
               add(figure, {*owner, std::move(file)});
    });
}

bool RankedSearch::add(const Figure& figure, OwnedFile found) {
    const Position at{figure, found.owner.id, found.file.name};
    stopped_ = !page_.offer(at, std::move(found));
    return !stopped_;
}

}  // namespace

Page find_ranked(const View& view, const Request& request) {
    return RankedSearch(view, request).run();
}

}  // namespace catalogd::catalog::search

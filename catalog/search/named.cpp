// Searching in order of name, over all clients.
//
// Where few records can match they are read and sorted. Otherwise the names of each client, which
// an index has in order, are merged, and each record is asked whether it matches.
#include <algorithm>
#include <queue>

#include "catalog/clients.h"
#include "catalog/search/page.h"

namespace catalogd::catalog::search {
namespace {

// Records that are read and sorted at once.
constexpr std::int64_t few = 2'000;
// Records that are read of one client at first, and later.
constexpr std::int64_t first_batch = 1;
constexpr std::int64_t largest_batch = 64;

// Name, then client: the names alone may run backwards.
class NameOrder {
public:
    explicit NameOrder(Order order) : descending_(order == Order::name_descending) {}

    [[nodiscard]] bool descending() const { return descending_; }
    [[nodiscard]] bool before(const std::string& a_name, const Id& a, const std::string& b_name,
                              const Id& b) const {
        if (a_name != b_name) {
            return descending_ ? a_name > b_name : a_name < b_name;
        }
        return a < b;
    }
    [[nodiscard]] bool is_past(const OwnedFile& found, const std::optional<Position>& after) const {
        return !after || before(after->name, after->client, found.file.name, found.owner.id);
    }

private:
    bool descending_;
};

// One client's records in order of name, read as they are needed.
class Names {
public:
    Names(const View& view, Owner owner, const NameOrder& order,
          const std::optional<Position>& after)
        : view_(view), owner_(std::move(owner)), order_(order), after_(after) {
        next();
    }

    [[nodiscard]] bool ended() const { return !current_; }
    [[nodiscard]] const FileRecord& file() const { return *current_; }
    [[nodiscard]] const Owner& owner() const { return owner_; }

    void next() {
        if (batch_.empty() && !read_whole_) {
            read();
        }
        current_.reset();
        if (!batch_.empty()) {
            current_ = std::move(batch_.back());
            batch_.pop_back();
        }
    }

private:
    void read() {
        files::NameRange range;
        range.descending = order_.descending();
        if (current_) {
            range.from = current_->name;
        } else if (after_) {
            range.from = after_->name;
            // The name itself is still to come, for clients behind the one that it ended with.
            range.inclusive = after_->client < owner_.id;
        }
        batch_ = files::read_names(view_.connection(), owner_.number, range, batch_size_);
        read_whole_ = static_cast<std::int64_t>(batch_.size()) < batch_size_;
        batch_size_ = std::min(largest_batch, 2 * batch_size_);
        std::ranges::reverse(batch_);
    }

    const View& view_;
    Owner owner_;
    const NameOrder& order_;
    const std::optional<Position>& after_;
    std::optional<FileRecord> current_;
    std::vector<FileRecord> batch_;  // the next one last
    std::int64_t batch_size_ = first_batch;
    bool read_whole_ = false;
};

class NameSearch {
public:
    NameSearch(const View& view, const Request& request)
        : view_(view), request_(request), order_(request.order), page_(view, request) {}

    Page run() {
        auto candidates = few_candidates();
        return candidates ? sort(*candidates) : merge();
    }

private:
    // Every record that can match, where they are few.
    std::optional<std::vector<std::int64_t>> few_candidates() {
        std::vector<std::int64_t> files;
        for (const LooseRecord& loose : view_.loose()) {
            files.push_back(loose.file);
        }
        for (const LoadedSegment& segment : view_.segments()) {
            const Scan scan(view_, segment);
            scan.candidates().each([&](Slot slot) {
                if (scan.admits(slot)) {
                    files.push_back(scan.segment().file(slot));
                }
            });
            if (static_cast<std::int64_t>(files.size()) > few) {
                return {};
            }
        }
        return files;
    }

    Page sort(const std::vector<std::int64_t>& files) {
        std::vector<OwnedFile> found;
        for (const std::int64_t file : files) {
            auto owned = files::find_by_number(view_.connection(), file);
            if (owned && order_.is_past(*owned, request_.after)) {
                found.push_back(std::move(*owned));
            }
        }
        std::ranges::sort(found, [&](const OwnedFile& a, const OwnedFile& b) {
            return order_.before(a.file.name, a.owner.id, b.file.name, b.owner.id);
        });
        for (OwnedFile& owned : found) {
            if (!add(std::move(owned))) {
                return page_.cut_short();
            }
        }
        return page_.finished();
    }

    Page merge() {
        const auto later = [&](const Names* a, const Names* b) {
            return order_.before(b->file().name, b->owner().id, a->file().name, a->owner().id);
        };
        std::vector<Names> clients;
        for (Owner& owner : clients::owners(view_.connection())) {
            const auto& wanted = view_.filter().criteria().clients;
            if (!wanted || wanted->contains(owner.number)) {
                clients.emplace_back(view_, std::move(owner), order_, request_.after);
            }
        }
        std::priority_queue<Names*, std::vector<Names*>, decltype(later)> queue(later);
        for (Names& names : clients) {
            if (!names.ended()) {
                queue.push(&names);
            }
        }
        while (!queue.empty()) {
            Names* first = queue.top();
            queue.pop();
            if (!add({first->owner(), first->file()})) {
                return page_.cut_short();
            }
            first->next();
            if (!first->ended()) {
                queue.push(first);
            }
        }
        return page_.finished();
    }

    // False where the page has to end here.
    bool add(OwnedFile found) {
        const Position at{{}, found.owner.id, found.file.name};
        return page_.offer(at, std::move(found));
    }

    const View& view_;
    const Request& request_;
    const NameOrder order_;
    PageFiller page_;
};

}  // namespace

Page find_by_name(const View& view, const Request& request) {
    return NameSearch(view, request).run();
}

}  // namespace catalogd::catalog::search

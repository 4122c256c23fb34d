#include "catalog/search/segment.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "catalog/failure.h"

namespace catalogd::catalog::search {
namespace {

constexpr std::uint8_t is_verified = 1;
constexpr std::uint8_t has_size = 2;
constexpr std::uint8_t has_modified = 4;

template <class Number>
void put(std::string& out, Number number) {
    out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

// Reads a blob from front to back.
class ColumnReader {
public:
    explicit ColumnReader(std::string_view rest) : rest_(rest) {}

    template <class Number>
    Number number() {
        Number number{};
        take(&number, sizeof number);
        return number;
    }
    template <class Number>
    std::vector<Number> column(std::size_t count) {
        std::vector<Number> numbers(count);
        take(numbers.data(), count * sizeof(Number));
        return numbers;
    }
    std::vector<std::string> names() {
        std::vector<std::string> names;
        while (!rest_.empty()) {
            const std::size_t end = rest_.find('\0');
            check(end != std::string_view::npos);
            names.emplace_back(rest_.substr(0, end));
            rest_.remove_prefix(end + 1);
        }
        return names;
    }
    static void check(bool sound) {
        if (!sound) {
            throw Unusable(Unusable::Kind::damaged, "the search index is damaged; rebuild it");
        }
    }

private:
    void take(void* to, std::size_t size) {
        check(rest_.size() >= size);
        std::memcpy(to, rest_.data(), size);
        rest_.remove_prefix(size);
    }

    std::string_view rest_;
};

}  // namespace

Segment::Segment(std::int64_t number, const std::string& columns) : number_(number) {
    ColumnReader reader(columns);
    const std::size_t count = reader.number<std::uint32_t>();
    ColumnReader::check(count <= segment_capacity);
    first_ = reader.number<std::int64_t>();
    files_ = reader.column<std::uint32_t>(count);
    clients_ = reader.column<std::uint32_t>(count);
    sizes_ = reader.column<std::int64_t>(count);
    modified_ = reader.column<std::int64_t>(count);
    extensions_ = reader.column<std::uint16_t>(count);
    flags_ = reader.column<std::uint8_t>(count);
    extension_names_ = reader.names();
    const Bitmap all = Bitmap::first(count);
    by_modified_ = by_modified(all);
    by_size_ = by_size(all);
}

Segment::Ranking Segment::by_modified(const Bitmap& documents) const {
    return ranked(documents, modified_, has_modified);
}

Segment::Ranking Segment::by_size(const Bitmap& documents) const {
    return ranked(documents, sizes_, has_size);
}

Segment::Ranking Segment::ranked(const Bitmap& documents, const std::vector<std::int64_t>& figures,
                                 std::uint8_t known_flag) const {
    Ranking ranking;
    ranking.slots.reserve(static_cast<std::size_t>(documents.count()));
    documents.each([&](Slot slot) { ranking.slots.push_back(slot); });
    const auto unknown = std::partition(ranking.slots.begin(), ranking.slots.end(), [&](Slot slot) {
        return (flags_[slot] & known_flag) != 0;
    });
    std::sort(ranking.slots.begin(), unknown,
              [&](Slot a, Slot b) { return figures[a] < figures[b]; });
    ranking.known = static_cast<std::size_t>(unknown - ranking.slots.begin());
    return ranking;
}

std::optional<Slot> Segment::find(std::int64_t file) const {
    const std::int64_t difference = file - first_;
    if (difference < 0 || difference > std::numeric_limits<std::uint32_t>::max()) {
        return {};
    }
    const auto wanted = static_cast<std::uint32_t>(difference);
    const auto found = std::ranges::lower_bound(files_, wanted);
    if (found == files_.end() || *found != wanted) {
        return {};
    }
    return static_cast<Slot>(found - files_.begin());
}

Figures Segment::figures(Slot slot) const {
    Figures figures;
    figures.client = clients_[slot];
    figures.verified = (flags_[slot] & is_verified) != 0;
    if ((flags_[slot] & has_size) != 0) {
        figures.size = sizes_[slot];
    }
    if ((flags_[slot] & has_modified) != 0) {
        figures.modified = modified_[slot];
    }
    return figures;
}

void Segment::keep_client(Bitmap& documents, std::int64_t client) const {
    documents.keep(size(), [&](Slot slot) { return clients_[slot] == client; });
}

void Segment::keep_clients(Bitmap& documents,
                           const std::unordered_set<std::int64_t>& clients) const {
    documents.keep(size(), [&](Slot slot) { return clients.contains(clients_[slot]); });
}

void Segment::keep_sizes(Bitmap& documents, const Bounds& bounds) const {
    keep_within(documents, sizes_, has_size, bounds);
}

void Segment::keep_modified(Bitmap& documents, const Bounds& bounds) const {
    keep_within(documents, modified_, has_modified, bounds);
}

void Segment::keep_within(Bitmap& documents, const std::vector<std::int64_t>& figures,
                          std::uint8_t known_flag, const Bounds& bounds) const {
    if (!bounds.low && !bounds.high) {
        return;
    }
    const std::int64_t low = bounds.low.value_or(std::numeric_limits<std::int64_t>::min());
    const std::int64_t high = bounds.high.value_or(std::numeric_limits<std::int64_t>::max());
    documents.keep(size(), [&](Slot slot) {
        return static_cast<bool>(static_cast<int>((flags_[slot] & known_flag) != 0) &
                                 static_cast<int>(figures[slot] >= low) &
                                 static_cast<int>(figures[slot] <= high));
    });
}

void Segment::keep_verified(Bitmap& documents, bool verified) const {
    documents.keep(size(),
                   [&](Slot slot) { return ((flags_[slot] & is_verified) != 0) == verified; });
}

void Segment::keep_extension(Bitmap& documents, std::string_view folded) const {
    const auto found = std::ranges::find(extension_names_, folded);
    const auto extension = static_cast<std::size_t>(found - extension_names_.begin());
    documents.keep(size(), [&](Slot slot) { return extensions_[slot] == extension; });
}

void SegmentBuilder::add(std::int64_t file, const Figures& figures, const std::string& extension) {
    constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
    if (figures.client > most || (!files_.empty() && file - files_.front() > most)) {
        throw std::length_error("a file's or a client's number is too large for a search segment");
    }
    files_.push_back(file);
    figures_.push_back(figures);
    const auto [place, is_new] = extension_numbers_.try_emplace(
        extension, static_cast<std::uint16_t>(extension_numbers_.size()));
    if (is_new) {
        (extension_names_ += extension) += '\0';
    }
    extensions_.push_back(place->second);
}

std::string SegmentBuilder::columns() const {
    std::string out;
    const std::int64_t first = files_.empty() ? 0 : files_.front();
    put(out, static_cast<std::uint32_t>(files_.size()));
    put(out, first);
    for (const std::int64_t file : files_) {
        put(out, static_cast<std::uint32_t>(file - first));
    }
    for (const Figures& figures : figures_) {
        put(out, static_cast<std::uint32_t>(figures.client));
    }
    for (const Figures& figures : figures_) {
        put(out, figures.size.value_or(0));
    }
    for (const Figures& figures : figures_) {
        put(out, figures.modified.value_or(0));
    }
    for (const std::uint16_t extension : extensions_) {
        put(out, extension);
    }
    for (const Figures& figures : figures_) {
        put(out, static_cast<std::uint8_t>((figures.verified ? is_verified : 0) |
                                           (figures.size ? has_size : 0) |
                                           (figures.modified ? has_modified : 0)));
    }
    return out += extension_names_;
}

}  // namespace catalogd::catalog::search

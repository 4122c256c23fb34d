// A part of the search index: what filters and orders look at, of at most 4,096 file records.
//
// Immutable once built. In the database it is one blob, all numbers little-endian:
//   documents   32 bits
//   first       64 bits, the lowest file number
//   then an array of each column, one value for each document: file number less `first` (32 bits),
//   client number (32), size (64), modified (64), extension (16), flags (8)
//   extensions  each ended by a zero byte, numbered from 0
// Documents are in order of their file numbers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "catalog/records.h"
#include "catalog/search/bitmap.h"

namespace catalogd::catalog::search {

// A document's figures, as filters compare them.
struct Figures {
    std::int64_t client = 0;
    std::optional<std::int64_t> size;
    std::optional<std::int64_t> modified;
    bool verified = false;
};

// Both inclusive; one that is empty bounds nothing.
struct Bounds {
    std::optional<std::int64_t> low;
    std::optional<std::int64_t> high;
};

// In memory 31 bytes for each document. Safe for any number of threads.
class Segment {
public:
    // Throws Unusable where the blob is damaged.
    Segment(std::int64_t number, const std::string& columns);

    [[nodiscard]] std::int64_t number() const { return number_; }
    [[nodiscard]] std::size_t size() const { return files_.size(); }

    [[nodiscard]] std::int64_t file(Slot slot) const { return first_ + files_[slot]; }
    // Of the document of this file; empty where there is none here.
    [[nodiscard]] std::optional<Slot> find(std::int64_t file) const;

    [[nodiscard]] Figures figures(Slot slot) const;
    [[nodiscard]] std::int64_t client(Slot slot) const { return clients_[slot]; }
    // Leave in the set what has the figure, and has it so; column by column, since that is a few
    // times faster than document by document.
    void keep_client(Bitmap& documents, std::int64_t client) const;
    void keep_clients(Bitmap& documents, const std::unordered_set<std::int64_t>& clients) const;
    void keep_sizes(Bitmap& documents, const Bounds& bounds) const;
    void keep_modified(Bitmap& documents, const Bounds& bounds) const;
    void keep_verified(Bitmap& documents, bool verified) const;
    void keep_extension(Bitmap& documents, std::string_view folded) const;

    // Every document in order of a figure, the lowest first, and behind them those without one.
    struct Ranking {
        std::vector<Slot> slots;
        std::size_t known = 0;  // of the slots: those that have the figure
    };
    [[nodiscard]] const Ranking& by_modified() const { return by_modified_; }
    [[nodiscard]] const Ranking& by_size() const { return by_size_; }
    // The same of some documents alone.
    [[nodiscard]] Ranking by_modified(const Bitmap& documents) const;
    [[nodiscard]] Ranking by_size(const Bitmap& documents) const;
    [[nodiscard]] std::int64_t modified(Slot slot) const { return modified_[slot]; }
    [[nodiscard]] std::int64_t bytes(Slot slot) const { return sizes_[slot]; }

private:
    void keep_within(Bitmap& documents, const std::vector<std::int64_t>& figures,
                     std::uint8_t known_flag, const Bounds& bounds) const;
    [[nodiscard]] Ranking ranked(const Bitmap& documents, const std::vector<std::int64_t>& figures,
                                 std::uint8_t known_flag) const;

    std::int64_t number_;
    std::int64_t first_ = 0;
    std::vector<std::uint32_t> files_;
    std::vector<std::uint32_t> clients_;
    std::vector<std::int64_t> sizes_;
    std::vector<std::int64_t> modified_;
    std::vector<std::uint16_t> extensions_;
    std::vector<std::uint8_t> flags_;
    std::vector<std::string> extension_names_;
    Ranking by_modified_;
    Ranking by_size_;
};

// Collects documents in order of their file numbers, and makes the blob.
class SegmentBuilder {
public:
    // `extension`: folded, without its dot. Throws std::length_error where a number has no place.
    void add(std::int64_t file, const Figures& figures, const std::string& extension);
    [[nodiscard]] std::size_t size() const { return files_.size(); }
    [[nodiscard]] std::string columns() const;

private:
    std::vector<std::int64_t> files_;
    std::vector<Figures> figures_;
    std::vector<std::uint16_t> extensions_;
    std::unordered_map<std::string, std::uint16_t> extension_numbers_;
    std::string extension_names_;
};

}  // namespace catalogd::catalog::search

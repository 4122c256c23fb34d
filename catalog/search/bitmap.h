// A set of documents of one segment.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>

namespace catalogd::catalog::search {

// A document's place in its segment.
using Slot = std::uint16_t;
inline constexpr std::size_t segment_capacity = 4096;

class Bitmap {
public:
    static constexpr std::size_t bytes = segment_capacity / 8;

    // The first `count` slots.
    static Bitmap first(std::size_t count) {
        Bitmap bitmap;
        for (std::size_t slot = 0; slot < count; ++slot) {
            bitmap.set(static_cast<Slot>(slot));
        }
        return bitmap;
    }
    // Of as many bytes as to_bytes gives.
    static Bitmap of_bytes(const std::string& text);
    [[nodiscard]] std::string to_bytes() const;

    void set(Slot slot) { words_[slot / 64U] |= std::uint64_t{1} << (slot % 64U); }
    void clear(Slot slot) { words_[slot / 64U] &= ~(std::uint64_t{1} << (slot % 64U)); }
    [[nodiscard]] bool test(Slot slot) const {
        return (words_[slot / 64U] >> (slot % 64U) & 1U) != 0;
    }
    [[nodiscard]] bool empty() const { return count() == 0; }
    [[nodiscard]] std::int64_t count() const {
        std::int64_t count = 0;
        for (const std::uint64_t word : words_) {
            count += std::popcount(word);
        }
        return count;
    }

    Bitmap& operator&=(const Bitmap& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            words_[i] &= other.words_[i];
        }
        return *this;
    }
    Bitmap& operator|=(const Bitmap& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            words_[i] |= other.words_[i];
        }
        return *this;
    }

    // Takes out those for which `holds(slot)` is not so. It is asked of `count` slots at most, in
    // order, and of some that are not in the set.
    template <class Holds>
    void keep(std::size_t count, const Holds& holds) {
        for (std::size_t begin = 0; begin < count; begin += 64) {
            std::uint64_t& word = words_[begin / 64];
            if (word == 0) {
                continue;
            }
            std::uint64_t kept = 0;
            const std::size_t end = std::min<std::size_t>(64, count - begin);
            for (std::size_t i = 0; i < end; ++i) {
                kept |= std::uint64_t{holds(static_cast<Slot>(begin + i))} << i;
            }
            word &= kept;
        }
    }

    // Calls `visit(slot)` for each, in order.
    template <class Visit>
    void each(const Visit& visit) const {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
                visit(static_cast<Slot>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
            }
        }
    }

private:
    std::array<std::uint64_t, segment_capacity / 64> words_{};
};

}  // namespace catalogd::catalog::search

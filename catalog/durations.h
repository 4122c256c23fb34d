// How long something took, counted in ranges: each is an eighth of its lower end wide, so any part
// of the durations is known to an eighth, from a quarter of a microsecond to an hour.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "catalog/records.h"

namespace catalogd::catalog {

// Safe for any number of threads.
class Durations {
public:
    static constexpr std::size_t ranges = 256;

    void add(std::int64_t nanoseconds) {
        counts_[range_of(nanoseconds)].fetch_add(1, std::memory_order_relaxed);
    }
    [[nodiscard]] std::int64_t count() const;
    // That so many of a hundred do not exceed; 0 where nothing was counted.
    [[nodiscard]] std::int64_t percentile(int of_hundred) const;

    // How many lie in each range; of two moments the difference is what came between them.
    using Counts = std::array<std::int64_t, ranges>;
    [[nodiscard]] Counts counts() const;
    static std::int64_t percentile(const Counts& counts, int of_hundred);

    // The counts that are not 0, some bytes each, and the way back: adds them.
    [[nodiscard]] Bytes packed() const;
    void add_packed(const Bytes& packed);

    static std::size_t range_of(std::int64_t nanoseconds);
    // The first duration that lies in a later range.
    static std::int64_t end_of(std::size_t range);

private:
    std::array<std::atomic<std::int64_t>, ranges> counts_{};
};

}  // namespace catalogd::catalog

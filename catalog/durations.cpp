#include "catalog/durations.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace catalogd::catalog {
namespace {

constexpr unsigned unit_bits = 8;  // 256 ns
constexpr unsigned step_bits = 3;  // eight ranges to each power of two
constexpr unsigned steps = 1U << step_bits;

}  // namespace

std::size_t Durations::range_of(std::int64_t nanoseconds) {
    const auto units =
        static_cast<std::uint64_t>(std::max<std::int64_t>(nanoseconds, 0)) >> unit_bits;
    if (units < steps) {
        return units;
    }
    const auto shift = static_cast<unsigned>(std::bit_width(units)) - step_bits - 1;
    const std::size_t range = (shift + 1) * steps + ((units >> shift) - steps);
    return std::min(range, ranges - 1);
}

std::int64_t Durations::end_of(std::size_t range) {
    if (range < steps) {
        return static_cast<std::int64_t>(range + 1) << unit_bits;
    }
    const std::size_t shift = range / steps - 1;
    return static_cast<std::int64_t>(range % steps + steps + 1) << (shift + unit_bits);
}

std::int64_t Durations::count() const {
    std::int64_t count = 0;
    for (const auto& each : counts_) {
        count += each.load(std::memory_order_relaxed);
    }
    return count;
}

Durations::Counts Durations::counts() const {
    Counts counts;
    std::ranges::transform(counts_, counts.begin(), [](const std::atomic<std::int64_t>& each) {
        return each.load(std::memory_order_relaxed);
    });
    return counts;
}

std::int64_t Durations::percentile(int of_hundred) const {
    return percentile(counts(), of_hundred);
}

std::int64_t Durations::percentile(const Counts& counts, int of_hundred) {
    const std::int64_t all = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    const std::int64_t wanted = all - all * (100 - of_hundred) / 100;
    std::int64_t seen = 0;
    for (std::size_t range = 0; range < ranges && wanted > 0; ++range) {
        seen += counts[range];
        if (seen >= wanted) {
            return end_of(range);
        }
    }
    return 0;
}

// A range's number in one byte, and its count in groups of seven bits, the lowest first.
Bytes Durations::packed() const {
    Bytes out;
    for (std::size_t range = 0; range < ranges; ++range) {
        auto count = static_cast<std::uint64_t>(counts_[range].load(std::memory_order_relaxed));
        if (count == 0) {
            continue;
        }
        out += static_cast<char>(range);
        for (; count >= 0x80; count >>= 7U) {
            out += static_cast<char>(0x80U | (count & 0x7FU));
        }
        out += static_cast<char>(count);
    }
    return out;
}

void Durations::add_packed(const Bytes& packed) {
    for (std::size_t at = 0; at < packed.size();) {
        const std::size_t range = static_cast<unsigned char>(packed[at++]);
        std::uint64_t count = 0;
        for (unsigned shift = 0; at < packed.size() && shift < 63; shift += 7) {
            const auto byte = static_cast<unsigned char>(packed[at++]);
            count |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80) {
                break;
            }
        }
        counts_[range].fetch_add(static_cast<std::int64_t>(count), std::memory_order_relaxed);
    }
}

}  // namespace catalogd::catalog

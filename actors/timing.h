// How long something took, each time: their number, their sum, and how they are spread.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>

#include "catalog/durations.h"

namespace catalogd::actors {

// Safe for any number of threads; adding allocates nothing and takes no lock.
class Timing {
public:
    void add(std::chrono::nanoseconds took) {
        const std::int64_t nanoseconds = std::max<std::int64_t>(took.count(), 0);
        spread_.add(nanoseconds);
        total_.fetch_add(nanoseconds, std::memory_order_relaxed);
    }
    [[nodiscard]] const catalog::Durations& spread() const { return spread_; }
    [[nodiscard]] std::chrono::nanoseconds total() const {
        return std::chrono::nanoseconds(total_.load(std::memory_order_relaxed));
    }

private:
    catalog::Durations spread_;
    std::atomic<std::int64_t> total_{0};
};

}  // namespace catalogd::actors

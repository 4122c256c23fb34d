// The clocks, injected so that tests can set them. Deadlines, ages and intervals are monotonic;
// only what is stored or shown is wall-clock time, and what people have planned by it.
#pragma once

#include <time.h>

#include <chrono>
#include <cstdint>

namespace catalogd::actors {

using Moment = std::chrono::steady_clock::time_point;

// Safe for any number of threads.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Moment now() const { return std::chrono::steady_clock::now(); }
    // The same, but going on while the machine sleeps: of intervals that are hours.
    [[nodiscard]] virtual Moment since_boot() const {
        timespec time{};
        ::clock_gettime(CLOCK_BOOTTIME, &time);
        return Moment(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
    }
    // Milliseconds since 1970-01-01 in UTC.
    [[nodiscard]] virtual std::int64_t wall() const {
        using std::chrono::system_clock;
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   system_clock::now().time_since_epoch())
            .count();
    }
};

}  // namespace catalogd::actors

// The two clocks, injected so that tests can set them. Deadlines, ages and intervals are
// monotonic; only what is stored or shown is wall-clock time.
#pragma once

#include <chrono>
#include <cstdint>

namespace catalogd::actors {

using Moment = std::chrono::steady_clock::time_point;

// Safe for any number of threads.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Moment now() const { return std::chrono::steady_clock::now(); }
    // Milliseconds since 1970-01-01 in UTC.
    [[nodiscard]] virtual std::int64_t wall() const {
        using std::chrono::system_clock;
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   system_clock::now().time_since_epoch())
            .count();
    }
};

}  // namespace catalogd::actors

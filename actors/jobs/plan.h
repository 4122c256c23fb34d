// One schedule as time passes: whether its time has come since it last began.
//
// Invariants an interval is measured by a clock that nobody sets, and that goes on while the
// machine sleeps; a time of day is the wall clock's. However often its time has passed meanwhile,
// it has come once. A wall clock that jumps makes it begin neither twice in half a period nor,
// where it was kept from its time, later than one period after that.
#pragma once

#include "actors/clock.h"
#include "actors/jobs/schedule.h"

namespace catalogd::actors {

// Of one moment: what the two clocks show.
struct Now {
    std::int64_t wall = 0;  // milliseconds since 1970
    Moment elapsed;         // Clock::since_boot
};

class Plan {
public:
    // When it last began, by the wall clock of that time; where it has not begun yet, since when it
    // could have.
    struct Past {
        std::int64_t wall = 0;
        bool begun = true;
    };
    Plan(const Schedule& schedule, const Past& past, const Now& now);

    // Another schedule, whose time has not come before now.
    void change(const Schedule& schedule, const Now& now);

    // Stays true until it begins.
    [[nodiscard]] bool due(const Now& now);
    void begin(const Now& now);

    // When it will be due, by the wall clock; empty: never.
    [[nodiscard]] std::optional<std::int64_t> next(const Now& now) const;
    [[nodiscard]] const Schedule& schedule() const { return schedule_; }

private:
    Schedule schedule_;
    Moment began_;
    // Of a time of day: the occurrence that it need not begin for any more, and the latest such.
    std::int64_t handled_ = 0;
    std::int64_t latest_ = 0;
};

}  // namespace catalogd::actors

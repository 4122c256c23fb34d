// Long work beside calls that somebody waits for: while such come, each short stretch of it is
// followed by a rest of the same length, so that one processor is half theirs and nobody waits for
// a whole slice of the kernel's.
#pragma once

#include <atomic>
#include <cstdint>

#include "actors/clock.h"

namespace catalogd::actors {

// How many calls came so far; from any thread.
struct Arrivals {
    std::atomic<std::int64_t> of_short{0};
    std::atomic<std::int64_t> of_long{0};  // listings: who lists makes other listings no slower
};

// Of work that one thread does at a time.
class Pacing {
public:
    // `credit`: so much may be done without a rest, and again after as long a time without work.
    explicit Pacing(Moment::duration credit = {}) : most_credit_(credit), credit_(credit) {}

    void begin(Moment now);
    void resume(Moment now) { since_ = now; }  // after a rest

    // How long to rest now, in the midst of the work; mostly not at all. `arrived`: how many calls
    // came so far for whom it rests.
    [[nodiscard]] Moment::duration rest_due(Moment now, std::int64_t arrived);
    // The same at the end of the work, however short it was: more of its kind may follow at once.
    [[nodiscard]] Moment::duration rest_after(Moment now, std::int64_t arrived);

private:
    const Moment::duration most_credit_;
    Moment::duration credit_;
    Moment since_{};  // the stretch's beginning; the work's end, where none is done
    Moment last_arrival_{};
    std::int64_t arrived_ = 0;
};

}  // namespace catalogd::actors

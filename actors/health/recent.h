// From figures since the start to those of the last seconds, minute and hour.
#pragma once

#include "actors/health/course.h"
#include "actors/health/figures.h"

namespace catalogd::actors::health {

struct Recent {
    double readers_busy = 0;             // mean share over ten seconds, 0 to 1
    std::int64_t refused_in_minute = 0;  // calls that were answered Busy
    std::int64_t refused_in_hour = 0;    // the same of the readers alone
    std::int64_t replaced_in_hour = 0;   // connections
    std::int64_t slow_in_minute = 0;     // times that a subscriber was too slow
    // These three of the last minute in which anything was committed.
    double batch_size = 0;
    double commit_p50_ms = 0;
    double commit_p99_ms = 0;
};

class Recollection {
public:
    // Each time the actor has looked.
    Recent note(const Figures& figures);

private:
    struct Counted {
        std::int64_t refused = 0;
        std::int64_t slow = 0;
        std::int64_t commits = 0;
        std::int64_t operations = 0;
        catalog::Durations::Counts commit_times{};
    };
    void note_commits(const Counted& before, const Counted& now);

    Course<Counted> minute_{std::chrono::minutes(1), std::chrono::seconds(2)};
    Course<std::int64_t> refused_{std::chrono::hours(1), std::chrono::minutes(1)};
    Course<std::int64_t> replaced_{std::chrono::hours(1), std::chrono::minutes(1)};
    std::deque<double> busy_;
    Recent recent_;
};

}  // namespace catalogd::actors::health

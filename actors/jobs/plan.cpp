#include "actors/jobs/plan.h"

#include <algorithm>

namespace catalogd::actors {
namespace {

using std::chrono::milliseconds;

bool by_time_of_day(const Schedule& schedule) {
    return schedule.kind == Schedule::Kind::daily || schedule.kind == Schedule::Kind::weekly;
}

// Where the clock has gone back, old times come again: then nearly a period must have passed, as it
// does where the clock stays there. (Of weeks it may have gone back by a part.)
milliseconds least_again(const Schedule& schedule) {
    return schedule.kind == Schedule::Kind::daily ? std::chrono::hours(23)
                                                  : std::chrono::hours(5 * 24);
}

constexpr milliseconds longest = std::chrono::hours(24 * 365);

}  // namespace

// A wall clock that has gone back since cannot say how long ago it was: then it is as if now.
Plan::Plan(const Schedule& schedule, const Past& past, const Now& now) : schedule_(schedule) {
    const milliseconds ago =
        std::clamp(milliseconds(now.wall - past.wall), milliseconds(0), longest);
    began_ = now.elapsed - ago;
    if (by_time_of_day(schedule_)) {
        began_ = past.begun ? began_ : now.elapsed - longest;
        handled_ = occurrence_before(schedule_, now.wall - ago.count());
        latest_ = handled_;
    }
}

void Plan::change(const Schedule& schedule, const Now& now) {
    if (schedule == schedule_) {
        return;
    }
    schedule_ = schedule;
    if (by_time_of_day(schedule_)) {
        handled_ = occurrence_before(schedule_, now.wall);
        latest_ = handled_;
    }
}

bool Plan::due(const Now& now) {
    const auto since = now.elapsed - began_;
    if (!by_time_of_day(schedule_)) {
        return schedule_.kind == Schedule::Kind::every && since >= schedule_.interval;
    }
    const std::int64_t newest = occurrence_before(schedule_, now.wall);
    if (newest == handled_) {
        return false;
    }
    const auto least = newest > latest_ ? period_of(schedule_) / 2 : least_again(schedule_);
    if (since < least) {
        handled_ = newest;
        latest_ = std::max(latest_, newest);
        return false;
    }
    return true;
}

void Plan::begin(const Now& now) {
    began_ = now.elapsed;
    if (by_time_of_day(schedule_)) {
        handled_ = occurrence_before(schedule_, now.wall);
        latest_ = std::max(latest_, handled_);
    }
}

std::optional<std::int64_t> Plan::next(const Now& now) const {
    if (schedule_.kind == Schedule::Kind::never) {
        return {};
    }
    if (by_time_of_day(schedule_)) {
        return occurrence_after(schedule_, now.wall);
    }
    const auto left =
        std::chrono::duration_cast<milliseconds>(began_ + schedule_.interval - now.elapsed);
    return now.wall + std::max<std::int64_t>(left.count(), 0);
}

}  // namespace catalogd::actors

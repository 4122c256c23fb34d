// Schedules under clocks that pass, jump and sleep: what begins, and how often.
#include "actors/jobs/plan.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/actors/jobs/time_zone.h"

namespace catalogd::actors {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using Kind = Schedule::Kind;

constexpr Schedule every_six_hours{.kind = Kind::every, .interval = hours(6)};
constexpr Schedule at_half_past_two{.kind = Kind::daily, .minute = 150};
constexpr Schedule on_sundays{.kind = Kind::weekly, .weekday = 0, .minute = 180};

class Plans : public testing::Test {
protected:
    // From now on; it has not begun yet.
    void plan(const Schedule& schedule) {
        plan_.emplace(schedule, Plan::Past{now_.wall, false}, now_);
    }

    void jump(milliseconds by) { now_.wall += by.count(); }
    void sleep(milliseconds time) {
        now_.wall += time.count();
        now_.elapsed += time;
        look();
    }
    // Looks every ten minutes, and has it begin where it is due; how often it has.
    int pass(milliseconds time) {
        const std::size_t before = begun_.size();
        for (auto end = now_.elapsed + time; now_.elapsed < end;) {
            now_.wall += milliseconds(minutes(10)).count();
            now_.elapsed += minutes(10);
            look();
        }
        return static_cast<int>(begun_.size() - before);
    }
    // The shortest and the longest time between two of its beginnings.
    [[nodiscard]] std::pair<hours, hours> gaps() const {
        hours shortest = hours::max();
        hours longest = hours::min();
        for (std::size_t i = 1; i < begun_.size(); ++i) {
            const auto gap = std::chrono::duration_cast<hours>(begun_[i] - begun_[i - 1]);
            shortest = std::min(shortest, gap);
            longest = std::max(longest, gap);
        }
        return {shortest, longest};
    }
    bool look() {
        const bool due = plan_->due(now_);
        if (due) {
            plan_->begin(now_);
            begun_.push_back(now_.elapsed);
        }
        return due;
    }

    const TimeZone zone_{central_europe};
    Now now_{at("2025-01-10T12:00:00+01:00"), Moment(hours(24 * 800))};
    std::optional<Plan> plan_;
    std::vector<Moment> begun_;
};

TEST_F(Plans, BeginOnceInEachOfTheirIntervals) {
    plan(every_six_hours);
    EXPECT_FALSE(look());
    EXPECT_EQ(pass(hours(24)), 4);
}

TEST_F(Plans, BeginOnceADayAtTheirTime) {
    plan(at_half_past_two);
    EXPECT_FALSE(look());
    EXPECT_EQ(pass(hours(14)), 0);
    EXPECT_EQ(pass(hours(1)), 1);
    EXPECT_EQ(pass(hours(24 * 30)), 30);
}

TEST_F(Plans, BeginOnceADayThroughAYearWithSummerTime) {
    plan(at_half_past_two);
    EXPECT_EQ(pass(hours(24 * 365)), 365);
    EXPECT_GE(gaps().first, hours(23));
    EXPECT_LE(gaps().second, hours(25));
}

TEST_F(Plans, BeginOnceAWeek) {
    plan(on_sundays);
    EXPECT_EQ(pass(hours(24 * 7 * 10)), 10);
}

TEST_F(Plans, NeverBeginWhereTheyAreNever) {
    plan(Schedule{});
    EXPECT_EQ(pass(hours(24 * 400)), 0);
    EXPECT_EQ(plan_->next(now_), std::nullopt);
}

TEST_F(Plans, BeginOnceAfterALongSleepAndNotAgainForWhatWasSleptThrough) {
    for (const Schedule& schedule : {every_six_hours, at_half_past_two, on_sundays}) {
        begun_.clear();
        plan(schedule);
        sleep(hours(24 * 30));
        EXPECT_EQ(begun_.size(), 1U) << to_text(schedule);
        EXPECT_EQ(pass(hours(5)), 0) << to_text(schedule);
    }
}

TEST_F(Plans, OfIntervalsDoNotLookAtTheWallClock) {
    plan(every_six_hours);
    for (const int days : {1, -1, 400, -400, -1, 1}) {
        jump(hours(24 * days));
        EXPECT_FALSE(look());
        EXPECT_EQ(pass(hours(6)), 1);
    }
}

// At every hour of the day: nothing comes twice within half a period, nothing stays away.
TEST_F(Plans, OfADayAreNeitherMissedNorDoubledWhereTheClockJumps) {
    for (const int days : {1, -1, 400, -400}) {
        for (int hour = 0; hour < 24; ++hour) {
            begun_.clear();
            plan(at_half_past_two);
            pass(hours(24 + hour));
            jump(hours(24 * days));
            look();
            pass(hours(24 * 4));
            const auto [shortest, longest] = gaps();
            EXPECT_GE(shortest, hours(12)) << days << " days, " << hour << " hours after noon";
            EXPECT_LE(longest, hours(36)) << days << " days, " << hour << " hours after noon";
        }
    }
}

TEST_F(Plans, OfADayAreNotDoubledByAClockThatJumpsAndComesBack) {
    for (const int days : {1, -1, 400, -400}) {
        begun_.clear();
        plan(at_half_past_two);
        pass(hours(24));
        jump(hours(24 * days));
        look();
        pass(hours(1));
        jump(hours(-24 * days));
        look();
        pass(hours(24 * 3));
        EXPECT_EQ(begun_.size(), 4U) << days;
    }
}

TEST_F(Plans, OfADayAreNotDoubledWhereTheClockIsSetBackByALittle) {
    plan(at_half_past_two);
    pass(hours(14) + minutes(40));
    ASSERT_EQ(begun_.size(), 1U);
    jump(minutes(-20));
    EXPECT_EQ(pass(hours(2)), 0);
    EXPECT_EQ(pass(hours(24)), 1);
}

TEST_F(Plans, OfAWeekAreNeitherMissedNorDoubledWhereTheClockJumps) {
    for (const int days : {1, -1, 400, -400}) {
        for (int day = 0; day < 7; ++day) {
            begun_.clear();
            plan(on_sundays);
            pass(hours(24 * (7 + day)));
            jump(hours(24 * days));
            look();
            pass(hours(24 * 30));
            const auto [shortest, longest] = gaps();
            EXPECT_GE(shortest, hours(24 * 7 / 2)) << days << ' ' << day;
            EXPECT_LE(longest, hours(24 * 7 * 3 / 2)) << days << ' ' << day;
        }
    }
}

TEST_F(Plans, GoOnAcrossARestart) {
    plan(every_six_hours);
    const std::int64_t begun = now_.wall;
    pass(hours(4));
    now_.elapsed = Moment(minutes(1));  // booted anew
    plan_.emplace(every_six_hours, Plan::Past{begun}, now_);
    EXPECT_EQ(pass(hours(1)), 0);
    EXPECT_EQ(pass(hours(1)), 1);
}

TEST_F(Plans, BeginAfterARestartWhereTheirTimeHasPassedMeanwhile) {
    const std::int64_t begun = now_.wall;
    now_.wall += milliseconds(hours(20)).count();
    now_.elapsed += hours(20);
    for (const Schedule& schedule : {every_six_hours, at_half_past_two}) {
        plan_.emplace(schedule, Plan::Past{begun}, now_);
        EXPECT_TRUE(look()) << to_text(schedule);
        EXPECT_FALSE(look()) << to_text(schedule);
    }
    plan_.emplace(on_sundays, Plan::Past{begun}, now_);
    EXPECT_FALSE(look());
}

TEST_F(Plans, DoNotBeginAtARestartAfterTheClockHasGoneBack) {
    plan_.emplace(at_half_past_two, Plan::Past{now_.wall + milliseconds(hours(24 * 400)).count()},
                  now_);
    EXPECT_FALSE(look());
    EXPECT_EQ(pass(hours(24)), 1);
}

TEST_F(Plans, BeginAtTheNextTimeOfASchedulesChange) {
    plan(at_half_past_two);
    pass(hours(24));
    plan_->change({.kind = Kind::daily, .minute = 11 * 60}, now_);
    EXPECT_FALSE(look()) << "eleven was an hour ago";
    EXPECT_EQ(pass(hours(22)), 0);
    EXPECT_EQ(pass(hours(2)), 1);
    plan_->change(every_six_hours, now_);
    EXPECT_EQ(pass(hours(6)), 1);
}

TEST_F(Plans, TellWhenTheyAreDueNext) {
    plan(at_half_past_two);
    EXPECT_EQ(plan_->next(now_), at("2025-01-11T02:30:00+01:00"));
    plan(every_six_hours);
    pass(hours(2));
    EXPECT_EQ(plan_->next(now_), at("2025-01-10T18:00:00+01:00"));
}

}  // namespace
}  // namespace catalogd::actors

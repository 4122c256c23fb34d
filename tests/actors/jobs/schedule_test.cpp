#include "actors/jobs/schedule.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/actors/jobs/time_zone.h"

namespace catalogd::actors {
namespace {

constexpr std::int64_t an_hour = 3'600'000;
using Kind = Schedule::Kind;

Schedule at_time(int of_hour, int of_minute) {
    return {.kind = Kind::daily, .minute = of_hour * 60 + of_minute};
}
Schedule on_day(int weekday, int of_hour) {
    return {.kind = Kind::weekly, .weekday = weekday, .minute = of_hour * 60};
}

class Schedules : public testing::Test {
    const TimeZone zone_{central_europe};
};

TEST_F(Schedules, AreWrittenAsTheContractDoes) {
    EXPECT_EQ(to_text({.kind = Kind::every, .interval = std::chrono::hours(6)}), "every 6h");
    EXPECT_EQ(to_text({.kind = Kind::every, .interval = std::chrono::minutes(90)}), "every 90m");
    EXPECT_EQ(to_text(at_time(2, 30)), "daily 02:30");
    EXPECT_EQ(to_text(on_day(0, 3)), "weekly sun 03:00");
    EXPECT_EQ(to_text(Schedule{}), "never");
    EXPECT_EQ(to_text(Window{60, 300}), "01:00-05:00");
}

TEST_F(Schedules, OfADayComeAtTheirLocalTime) {
    const std::int64_t noon = at("2025-01-10T12:00:00+01:00");
    EXPECT_EQ(occurrence_before(at_time(2, 30), noon), at("2025-01-10T02:30:00+01:00"));
    EXPECT_EQ(occurrence_after(at_time(2, 30), noon), at("2025-01-11T02:30:00+01:00"));
    EXPECT_EQ(occurrence_before(at_time(12, 0), noon), noon) << "now is not later than now";
    EXPECT_EQ(occurrence_after(at_time(12, 0), noon), at("2025-01-11T12:00:00+01:00"));
}

TEST_F(Schedules, OfAWeekComeOnTheirDay) {
    const std::int64_t friday = at("2025-01-10T12:00:00+01:00");
    EXPECT_EQ(occurrence_before(on_day(0, 3), friday), at("2025-01-05T03:00:00+01:00"));
    EXPECT_EQ(occurrence_after(on_day(0, 3), friday), at("2025-01-12T03:00:00+01:00"));
    EXPECT_EQ(occurrence_before(on_day(5, 13), friday), at("2025-01-03T13:00:00+01:00"));
    EXPECT_EQ(occurrence_after(on_day(5, 13), friday), at("2025-01-10T13:00:00+01:00"));
}

TEST_F(Schedules, ComeOnceOnEachDayWhateverTheClocksDoToIt) {
    for (const Schedule& schedule :
         {at_time(2, 30), at_time(0, 0), at_time(23, 59), at_time(3, 0)}) {
        std::set<std::int64_t> moments;
        const std::int64_t begin = at("2025-01-01T12:00:00+01:00");
        for (std::int64_t wall = begin; wall < begin + 365 * 24 * an_hour; wall += an_hour / 2) {
            const std::int64_t before = occurrence_before(schedule, wall);
            const std::int64_t after = occurrence_after(schedule, wall);
            ASSERT_LE(before, wall);
            ASSERT_GT(after, wall);
            ASSERT_LE(after - before, 25 * an_hour) << to_text(schedule) << ' ' << wall;
            moments.insert(before);
        }
        EXPECT_EQ(moments.size(), 366U) << to_text(schedule);
    }
}

TEST_F(Schedules, FollowTheClockWhereItIsSetForwardAndBack) {
    EXPECT_EQ(occurrence_before(at_time(4, 0), at("2025-03-30T12:00:00+02:00")),
              at("2025-03-30T04:00:00+02:00"));
    EXPECT_EQ(occurrence_before(at_time(4, 0), at("2025-10-26T12:00:00+01:00")),
              at("2025-10-26T04:00:00+01:00"));
}

class Windows : public testing::Test {
protected:
    static bool open(const Window& window, const char* time) {
        return passed_of(window, at(time)).has_value();
    }
    const Window night{60, 300};
    const Window over_midnight{22 * 60, 4 * 60};

private:
    const TimeZone zone_{central_europe};
};

TEST_F(Windows, AreOpenFromTheirBeginUntilTheirEnd) {
    EXPECT_FALSE(open(night, "2025-01-10T00:59:59+01:00"));
    EXPECT_TRUE(open(night, "2025-01-10T01:00:00+01:00"));
    EXPECT_TRUE(open(night, "2025-01-10T04:59:59+01:00"));
    EXPECT_FALSE(open(night, "2025-01-10T05:00:00+01:00"));
}

TEST_F(Windows, GoAcrossMidnight) {
    EXPECT_FALSE(open(over_midnight, "2025-01-10T21:59:00+01:00"));
    EXPECT_TRUE(open(over_midnight, "2025-01-10T22:00:00+01:00"));
    EXPECT_TRUE(open(over_midnight, "2025-01-11T00:00:00+01:00"));
    EXPECT_FALSE(open(over_midnight, "2025-01-11T04:00:00+01:00"));
    EXPECT_DOUBLE_EQ(passed_of(over_midnight, at("2025-01-11T01:00:00+01:00")).value_or(-1), 0.5);
}

TEST_F(Windows, FollowTheClockInSummer) {
    EXPECT_TRUE(open(night, "2025-07-10T01:00:00+02:00"));
    EXPECT_FALSE(open(night, "2025-07-10T05:00:00+02:00"));
}

TEST_F(Windows, AreTheWholeDayWhereTheyEndAsTheyBegin) {
    EXPECT_TRUE(open({60, 60}, "2025-01-10T00:59:00+01:00"));
    EXPECT_TRUE(open({60, 60}, "2025-01-10T01:00:00+01:00"));
}

TEST_F(Windows, AreOpenForTheHoursThatThereAreWhereClocksChange) {
    int open_minutes = 0;
    for (std::int64_t wall = at("2025-03-30T00:00:00+01:00");
         wall < at("2025-03-31T00:00:00+02:00"); wall += 60'000) {
        open_minutes += passed_of(night, wall) ? 1 : 0;
    }
    EXPECT_EQ(open_minutes, 3 * 60);
}

}  // namespace
}  // namespace catalogd::actors

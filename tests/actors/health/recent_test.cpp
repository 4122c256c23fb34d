// Figures of the last seconds, minute and hour, from figures since the start.
#include "actors/health/recent.h"

#include <gtest/gtest.h>

namespace catalogd::actors::health {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class RecentTest : public testing::Test {
protected:
    RecentTest() { figures_.at = Moment(std::chrono::hours(1)); }
    Recent look_after(seconds time) {
        figures_.at += time;
        return recollection_.note(figures_);
    }
    void commit(std::int64_t operations, std::chrono::milliseconds took) {
        ++figures_.writer.commits;
        figures_.writer.operations += operations;
        ++figures_.commit_times[catalog::Durations::range_of(took.count() * 1'000'000)];
    }

    Figures figures_;
    Recollection recollection_;
};

TEST_F(RecentTest, CountRefusalsOfTheLastMinute) {
    look_after(seconds(1));
    figures_.writer.refused = 3;
    figures_.readers.refused = 4;
    EXPECT_EQ(look_after(seconds(1)).refused_in_minute, 7);
    EXPECT_EQ(look_after(seconds(30)).refused_in_minute, 7);
    EXPECT_EQ(look_after(seconds(60)).refused_in_minute, 0);
}

TEST_F(RecentTest, CountRefusedReadsAndReplacedConnectionsOfTheLastHour) {
    look_after(seconds(1));
    figures_.readers.refused = 12;
    figures_.readers.replaced_for_age = 5;
    figures_.readers.replaced_after_failure = 1;
    const Recent recent = look_after(minutes(2));
    EXPECT_EQ(recent.refused_in_hour, 12);
    EXPECT_EQ(recent.replaced_in_hour, 6);
    look_after(minutes(59));
    EXPECT_EQ(look_after(minutes(2)).refused_in_hour, 0);
}

TEST_F(RecentTest, MeasureCommitsOfTheLastMinuteAlone) {
    look_after(seconds(1));
    for (int i = 0; i < 100; ++i) {
        commit(1, std::chrono::milliseconds(1));
    }
    for (int i = 0; i < 70; ++i) {
        look_after(seconds(1));
    }
    commit(64, std::chrono::milliseconds(100));
    const Recent recent = look_after(seconds(5));
    EXPECT_EQ(recent.batch_size, 64);
    EXPECT_NEAR(recent.commit_p50_ms, 100, 100 / 8.0);
    EXPECT_NEAR(recent.commit_p99_ms, 100, 100 / 8.0);
}

TEST_F(RecentTest, KeepWhatCommitsLastTookWhileThereAreNone) {
    look_after(seconds(1));
    commit(2, std::chrono::milliseconds(10));
    EXPECT_EQ(look_after(seconds(1)).batch_size, 2);
    EXPECT_EQ(look_after(minutes(10)).batch_size, 2);
    EXPECT_NEAR(look_after(minutes(10)).commit_p99_ms, 10, 10 / 8.0);
}

TEST_F(RecentTest, AverageHowBusyTheReadersWereOverTenLooks) {
    figures_.readers.readers = 4;
    figures_.readers.active = 4;
    EXPECT_EQ(look_after(seconds(1)).readers_busy, 1);
    figures_.readers.active = 0;
    EXPECT_EQ(look_after(seconds(1)).readers_busy, 0.5);
    for (int i = 0; i < 9; ++i) {
        look_after(seconds(1));
    }
    EXPECT_EQ(look_after(seconds(1)).readers_busy, 0);
}

}  // namespace
}  // namespace catalogd::actors::health

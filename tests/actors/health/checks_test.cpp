// When a check changes its status, and when it does not.
#include "actors/health/checks.h"

#include <gtest/gtest.h>

namespace catalogd::actors::health {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ChecksTest : public testing::Test {
protected:
    // Looks every second for so long; the status then.
    Status after(seconds time, double observed) {
        for (auto past = seconds(0); past < time; ++past) {
            now_ += seconds(1);
            wall_ += 1'000;
            check_ = judged(observed);
        }
        return check_.status;
    }
    Check judged(double observed, Status at_least = Status::pass) {
        Observation seen{"queue", observed, "%", less_is_worse_ ? Marks{90, 50} : Marks{50, 90}};
        seen.at_least = at_least;
        seen.less_is_worse = less_is_worse_;
        seen.reason = "it is full";
        seen.recommendation = "empty it";
        return checks_.judge({seen}, now_, wall_).front();
    }

    Checks checks_;
    Moment now_{std::chrono::hours(1)};
    std::int64_t wall_ = 1'000'000;
    bool less_is_worse_ = false;
    Check check_;
};

TEST_F(ChecksTest, JudgeTheFirstLookAtOnce) {
    EXPECT_EQ(judged(95).status, Status::fail);
}

TEST_F(ChecksTest, TellWhatWasSeenAndWhereItBeginsToBeBad) {
    const Check check = judged(60);
    EXPECT_EQ(check.name, "queue");
    EXPECT_EQ(check.status, Status::warn);
    EXPECT_EQ(check.observed, 60);
    EXPECT_EQ(check.unit, "%");
    EXPECT_EQ(check.warn_at, 50);
    EXPECT_EQ(check.fail_at, 90);
    EXPECT_EQ(check.reason, "it is full");
    EXPECT_EQ(check.recommendation, "empty it");
}

TEST_F(ChecksTest, SayNothingWhereAllIsWell) {
    const Check check = judged(10);
    EXPECT_FALSE(check.reason);
    EXPECT_FALSE(check.recommendation);
}

TEST_F(ChecksTest, PassOverAPeakOfOneLook) {
    after(seconds(1), 10);
    EXPECT_EQ(after(seconds(1), 95), Status::pass);
    EXPECT_EQ(after(seconds(1), 10), Status::pass);
    EXPECT_EQ(after(seconds(1), 95), Status::pass);
}

TEST_F(ChecksTest, GetWorseWhenItLasts) {
    after(seconds(1), 10);
    EXPECT_EQ(after(seconds(2), 60), Status::pass);
    EXPECT_EQ(after(seconds(1), 60), Status::warn);
    EXPECT_EQ(after(seconds(3), 95), Status::fail);
}

TEST_F(ChecksTest, GetBetterTenSecondsLater) {
    after(seconds(4), 95);
    EXPECT_EQ(after(seconds(10), 10), Status::fail);
    EXPECT_EQ(after(seconds(1), 10), Status::pass);
}

TEST_F(ChecksTest, DoNotGetBetterOnTheWay) {
    after(seconds(4), 95);
    after(seconds(8), 10);
    EXPECT_EQ(after(seconds(1), 95), Status::fail);
    EXPECT_EQ(after(seconds(8), 10), Status::fail);
}

TEST_F(ChecksTest, KeepAStatusUntilItsMarkIsLeftByATenth) {
    after(seconds(4), 60);
    EXPECT_EQ(after(seconds(60), 46), Status::warn);
    EXPECT_EQ(after(seconds(11), 44), Status::pass);
}

TEST_F(ChecksTest, WaveringAroundAMarkIsOneChange) {
    after(seconds(4), 51);
    const protocol::Time since = check_.since;
    for (int i = 0; i < 100; ++i) {
        after(seconds(1), i % 2 == 0 ? 49 : 51);
    }
    EXPECT_EQ(check_.status, Status::warn);
    EXPECT_EQ(check_.since, since);
}

TEST_F(ChecksTest, TellSinceWhenByTheWallClock) {
    EXPECT_EQ(judged(10).since.milliseconds, wall_);
    after(seconds(3), 60);
    EXPECT_EQ(check_.since.milliseconds, wall_);
    after(seconds(7), 60);
    EXPECT_EQ(check_.since.milliseconds, wall_ - 7'000);
}

TEST_F(ChecksTest, OfWhatShouldBeLargeGetWorseBelow) {
    less_is_worse_ = true;
    EXPECT_EQ(judged(100).status, Status::pass);
    EXPECT_EQ(after(seconds(3), 89), Status::warn);
    EXPECT_EQ(after(seconds(3), 49), Status::fail);
    EXPECT_EQ(after(seconds(60), 54), Status::fail) << "not left by a tenth";
    EXPECT_EQ(after(seconds(11), 56), Status::warn);
}

TEST_F(ChecksTest, AreAtLeastAsBadAsTheyAreTold) {
    EXPECT_EQ(judged(10, Status::warn).status, Status::warn);
}

TEST(Marks, OfZeroAreNowhere) {
    EXPECT_EQ(status_of({"a", 1e9, "bytes", {0, 0}}, Status::pass), Status::pass);
    EXPECT_EQ(status_of({"a", 0.0, "bytes", {0, 0}, true}, Status::pass), Status::pass);
}

TEST(Marks, AreReachedAtTheirValue) {
    EXPECT_EQ(status_of({"a", 50.0, "%", {50, 90}}, Status::pass), Status::warn);
    EXPECT_EQ(status_of({"a", 90.0, "%", {50, 90}}, Status::pass), Status::fail);
    EXPECT_EQ(status_of({"a", 49.9, "%", {50, 90}}, Status::pass), Status::pass);
}

}  // namespace
}  // namespace catalogd::actors::health

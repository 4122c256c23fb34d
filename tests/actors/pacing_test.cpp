// How long work that others wait beside rests, and when.
#include "actors/pacing.h"

#include <gtest/gtest.h>

namespace catalogd::actors {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

class PacingTest : public ::testing::Test {
protected:
    PacingTest() { pacing.begin(now); }

    void work(Moment::duration time) { now += time; }
    void somebody_calls() { ++arrived; }
    Moment::duration rest_due() { return pacing.rest_due(now, arrived); }

    Moment now{std::chrono::hours(1)};
    std::int64_t arrived = 0;
    Pacing pacing;
};

TEST_F(PacingTest, RestsForAsLongAsItWorkedOnceSomebodyCalls) {
    somebody_calls();
    work(milliseconds(1));
    EXPECT_EQ(rest_due(), milliseconds(1));
}

TEST_F(PacingTest, DoesNotBreakOffAStretchThatNobodyTakesNoticeOf) {
    somebody_calls();
    work(microseconds(90));
    EXPECT_EQ(rest_due(), microseconds(0));
    work(microseconds(410));
    EXPECT_EQ(rest_due(), microseconds(500));
}

TEST_F(PacingTest, RestsAfterEachOfManyShortPieces) {
    somebody_calls();
    work(microseconds(100));
    EXPECT_EQ(pacing.rest_after(now, arrived), microseconds(100));
}

TEST_F(PacingTest, WorksOnWhereNobodyCalls) {
    work(seconds(1));
    EXPECT_EQ(rest_due(), seconds(0));
}

TEST_F(PacingTest, BeginsAnewAfterARest) {
    somebody_calls();
    work(milliseconds(1));
    now += rest_due();
    pacing.resume(now);
    EXPECT_EQ(rest_due(), milliseconds(0));
}

TEST_F(PacingTest, ExpectsWhoCalledAMomentAgoToCallAgain) {
    somebody_calls();
    work(milliseconds(1));
    now += rest_due();
    pacing.resume(now);
    work(milliseconds(1));
    EXPECT_EQ(rest_due(), milliseconds(1));
    work(milliseconds(30));
    EXPECT_EQ(rest_due(), milliseconds(0)) << "and no longer";
}

TEST_F(PacingTest, LetsAPieceBeDoneAtOnceThatItsCreditCovers) {
    Pacing page(milliseconds(15));
    page.begin(now);
    somebody_calls();
    work(milliseconds(10));
    EXPECT_EQ(page.rest_due(now, arrived), milliseconds(0));
    work(milliseconds(10));
    EXPECT_EQ(page.rest_due(now, arrived), milliseconds(4)) << "and no more of it";
}

TEST_F(PacingTest, EarnsCreditAgainWhileNothingIsDone) {
    Pacing page(milliseconds(10));
    page.begin(now);
    somebody_calls();
    work(milliseconds(10));
    EXPECT_EQ(page.rest_after(now, arrived), milliseconds(0));
    now += milliseconds(1);
    page.begin(now);
    work(milliseconds(1));
    EXPECT_EQ(page.rest_due(now, arrived), milliseconds(0));
    work(milliseconds(1));
    EXPECT_EQ(page.rest_due(now, arrived), milliseconds(1));
}

TEST_F(PacingTest, RestsForMillisecondsAtMost) {
    somebody_calls();
    work(seconds(10));
    EXPECT_EQ(rest_due(), milliseconds(4));
}

}  // namespace
}  // namespace catalogd::actors

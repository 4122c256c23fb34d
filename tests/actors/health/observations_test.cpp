// What the checks see in figures, and what is told of it.
#include "actors/health/observations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actors/health/report.h"

namespace catalogd::actors::health {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ObservationsTest : public testing::Test {
protected:
    ObservationsTest() {
        figures_.at = Moment(std::chrono::hours(1));
        figures_.readers.readers = 4;
        figures_.disk_free = 100LL << 30;
    }
    [[nodiscard]] std::vector<Check> checks() const {
        return Checks().judge(observe(figures_, recent_, {}), figures_.at, 1'000);
    }
    [[nodiscard]] Check check(std::string_view name) const {
        for (const Check& each : checks()) {
            if (each.name == name) {
                return each;
            }
        }
        throw std::out_of_range(std::string(name));
    }
    [[nodiscard]] protocol::health::Health report() const {
        return report_of({"1.2.3", "/catalog.db", {7, 4, 10}, 5'000, Moment{}}, figures_, recent_,
                         checks());
    }

    Figures figures_;
    Recent recent_;
};

TEST_F(ObservationsTest, AreOneForEachCheckOfTheContract) {
    std::vector<std::string> names;
    for (const Check& each : checks()) {
        names.push_back(each.name);
    }
    EXPECT_THAT(names, ElementsAre("writer", "readers", "queue", "database-size", "wal-size",
                                   "disk-free", "integrity", "foreign-keys", "orphans", "backup",
                                   "jobs", "subscribers"));
}

TEST_F(ObservationsTest, TellHowFastTheDatabaseGrowsAndHowLongUntilEachMark) {
    figures_.database_bytes = 400'000'000;
    figures_.growth_per_day = 10'000'000.0;
    Thresholds thresholds;
    thresholds.database = {500e6, 1'000e6};
    const auto seen = observe(figures_, recent_, thresholds);
    const auto size = std::ranges::find(seen, "database-size", &Observation::name);
    EXPECT_THAT(size->reason, HasSubstr("; 10 days to warning; 60 days to failing"));
    EXPECT_THAT(size->reason, HasSubstr("a day"));
    EXPECT_TRUE(size->always_told);
}

TEST_F(ObservationsTest, PassWhereNothingHappens) {
    const auto health = report();
    EXPECT_EQ(health.status, Status::pass);
    EXPECT_EQ(health.score, 100);
    EXPECT_THAT(health.warnings, IsEmpty());
    EXPECT_THAT(health.recommendations, IsEmpty());
}

TEST_F(ObservationsTest, SeeAWriterThatStands) {
    figures_.writer.busy_since = figures_.at - std::chrono::seconds(7);
    figures_.writer.queued = 12;
    const Check writer = check("writer");
    EXPECT_EQ(writer.status, Status::warn);
    EXPECT_EQ(writer.observed, 7'000);
    EXPECT_THAT(*writer.reason, AllOf(HasSubstr("7 s"), HasSubstr("12 writes wait")));
    EXPECT_THAT(*writer.recommendation, HasSubstr("iostat"));
    figures_.writer.busy_since = figures_.at - std::chrono::seconds(31);
    EXPECT_EQ(check("writer").status, Status::fail);
}

TEST_F(ObservationsTest, SeeReadersThatAreBusyForLong) {
    recent_.readers_busy = 0.95;
    EXPECT_EQ(check("readers").status, Status::warn);
    EXPECT_EQ(check("readers").observed, 95);
    EXPECT_THAT(*check("readers").recommendation, HasSubstr("readers.count"));
}

TEST_F(ObservationsTest, SeeTheFullerQueue) {
    figures_.writer.fullness = 0.2;
    figures_.readers.fullness = 0.95;
    const Check queue = check("queue");
    EXPECT_EQ(queue.status, Status::fail);
    EXPECT_EQ(queue.observed, 95);
    EXPECT_THAT(*queue.recommendation, HasSubstr("readers.queue"));
}

TEST_F(ObservationsTest, WarnOfRefusedCallsThoughTheQueueIsEmptyAgain) {
    recent_.refused_in_minute = 17;
    EXPECT_EQ(check("queue").status, Status::warn);
    EXPECT_THAT(*check("queue").reason, HasSubstr("17 calls were refused as Busy"));
}

TEST_F(ObservationsTest, CountDatabaseAndLogTogether) {
    figures_.database_bytes = 400'000'000;
    figures_.log_bytes = 99'999'999;
    EXPECT_EQ(check("database-size").status, Status::pass);
    ++figures_.log_bytes;
    EXPECT_EQ(check("database-size").status, Status::warn);
    figures_.database_bytes = 1'000'000'000;
    EXPECT_EQ(check("database-size").status, Status::fail);
}

TEST_F(ObservationsTest, SeeALogThatGrows) {
    figures_.log_bytes = 300LL << 20;
    EXPECT_EQ(check("wal-size").status, Status::warn);
    EXPECT_THAT(*check("wal-size").reason, HasSubstr("300.0 MiB"));
}

TEST_F(ObservationsTest, SeeADiskThatFills) {
    figures_.disk_free = 1LL << 30;
    EXPECT_EQ(check("disk-free").status, Status::warn);
    figures_.disk_free = 100 << 20;
    EXPECT_EQ(check("disk-free").status, Status::fail);
    EXPECT_THAT(*check("disk-free").reason, HasSubstr("100.0 MiB"));
}

TEST_F(ObservationsTest, WarnWhereTheDiskCannotBeAsked) {
    figures_.disk_free.reset();
    EXPECT_EQ(check("disk-free").status, Status::warn);
    EXPECT_FALSE(check("disk-free").observed);
}

TEST_F(ObservationsTest, SayOfWhatNobodyHasJudgedThatItHasNotRun) {
    EXPECT_EQ(check("integrity").status, Status::pass);
    EXPECT_EQ(check("integrity").reason, "has not run yet");
}

TEST_F(ObservationsTest, TakeOverWhatOthersHaveFound) {
    figures_.findings = {{"orphans", Status::fail, 3, {}, "3 records without a client", "repair"}};
    const Check orphans = check("orphans");
    EXPECT_EQ(orphans.status, Status::fail);
    EXPECT_EQ(orphans.observed, 3);
    EXPECT_EQ(orphans.reason, "3 records without a client");
    EXPECT_EQ(orphans.recommendation, "repair");
}

TEST_F(ObservationsTest, CostTenForAWarningAndThirtyForAFailure) {
    recent_.readers_busy = 0.95;
    EXPECT_EQ(report().score, 90);
    figures_.disk_free = 0;
    EXPECT_EQ(report().score, 60);
    EXPECT_EQ(report().status, Status::fail);
    figures_.database_bytes = 2'000'000'000;
    figures_.log_bytes = 2'000'000'000;
    figures_.writer.fullness = 1;
    EXPECT_EQ(report().score, 0);
}

TEST_F(ObservationsTest, TellEachWarningWithWhatToDo) {
    figures_.disk_free = 0;
    EXPECT_THAT(report().warnings,
                ElementsAre("disk-free: 0 bytes are free on the database's disk"));
    EXPECT_THAT(report().recommendations, ElementsAre(HasSubstr("Free space there")));
}

// --- the pool ------------------------------------------------------------------------------

TEST_F(ObservationsTest, TellThePoolAsItIs) {
    figures_.readers.active = 3;
    figures_.readers.peak_active = 4;
    figures_.readers.refused = 2;
    figures_.readers.replaced_for_age = 5;
    figures_.readers.replaced_after_failure = 1;
    figures_.readers.longest_running = std::chrono::milliseconds(1'500);
    figures_.readers.last_replaced = 4'000;
    const auto pool = report().pool;
    EXPECT_EQ(pool.available, 1);
    EXPECT_EQ(pool.utilization, 0.75);
    EXPECT_EQ(pool.peak_active, 4);
    EXPECT_EQ(pool.exhaustion_events, 2);
    EXPECT_EQ(pool.stale_closed, 6);
    EXPECT_EQ(pool.longest_running_ms, 1'500);
    EXPECT_EQ(pool.last_cleanup->milliseconds, 4'000);
}

TEST_F(ObservationsTest, RecommendMoreReadersWhereTheQueueWasFullMoreThanTenTimes) {
    recent_.refused_in_hour = 10;
    EXPECT_THAT(report().recommendations, IsEmpty());
    recent_.refused_in_hour = 11;
    EXPECT_THAT(report().recommendations, Contains("Raise readers.count."));
}

TEST_F(ObservationsTest, RecommendALowerAgeWhereConnectionsAreOlderThanTwoHours) {
    figures_.readers.average_age = std::chrono::hours(2);
    EXPECT_THAT(report().recommendations, IsEmpty());
    figures_.readers.average_age = std::chrono::hours(3);
    EXPECT_THAT(report().recommendations, Contains("Lower readers.max_age."));
    EXPECT_THAT(report().warnings, Contains(HasSubstr("3.0 h old")));
}

TEST_F(ObservationsTest, RecommendAHigherAgeWhereMoreThanAHundredWereReplaced) {
    recent_.replaced_in_hour = 101;
    EXPECT_THAT(report().recommendations, Contains(HasSubstr("Raise readers.max_age")));
}

TEST(BytesText, HasTheLargestUnitThatFits) {
    EXPECT_EQ(bytes_text(17), "17 bytes");
    EXPECT_EQ(bytes_text(1536), "1.5 KiB");
    EXPECT_EQ(bytes_text(3.0 * (1LL << 40)), "3.0 TiB");
}

}  // namespace
}  // namespace catalogd::actors::health

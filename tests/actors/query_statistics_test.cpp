// Who stores what is counted of statements, when, and who tells it.
#include <algorithm>

#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

using std::chrono::minutes;

class QueryStatisticsTest : public ActorsFixture {
protected:
    std::vector<admin::QueryStatistic> told(std::int64_t limit = 1000) {
        return succeeded(ask(admin::QueryStatistics{protocol::Limit{limit}})).statistics;
    }
    // 0 where it has not run.
    std::int64_t calls_of(const std::string& statement) {
        for (const auto& each : told()) {
            if (each.statement == statement) {
                return each.calls;
            }
        }
        return 0;
    }
    bool stored_soon() {
        return eventually([&] { return !statistics().changed(); });
    }
};

TEST_F(QueryStatisticsTest, AreToldWithWhatTookMostFirst) {
    new_client("a");
    const auto all = told();
    ASSERT_GT(all.size(), 3U);
    EXPECT_TRUE(
        std::ranges::is_sorted(all, std::ranges::greater(), &admin::QueryStatistic::total_ms));
    for (const auto& each : all) {
        EXPECT_GT(each.calls, 0);
        EXPECT_GE(each.max_ms, each.mean_ms) << each.statement;
        EXPECT_GE(each.max_ms, each.p99_ms) << each.statement;
        EXPECT_EQ(each.since.milliseconds, clock.wall());
    }
    EXPECT_EQ(told(2).size(), 2U);
}

TEST_F(QueryStatisticsTest, CountASaveOnce) {
    const auto client = new_client("a");
    const std::int64_t before = calls_of("files.insert");
    ASSERT_TRUE(ask(save(client, "f")));
    EXPECT_EQ(calls_of("files.insert"), before + 1);
}

TEST_F(QueryStatisticsTest, AreThereAfterARestart) {
    new_client("a");
    const std::int64_t saved = calls_of("clients.insert");
    EXPECT_GT(saved, 0);
    reopen();
    EXPECT_EQ(calls_of("clients.insert"), saved);
}

TEST_F(QueryStatisticsTest, AreStoredWhenAMinuteHasPassed) {
    new_client("a");
    EXPECT_TRUE(statistics().changed());
    clock.pass(minutes(1));
    EXPECT_TRUE(stored_soon()) << "and storing them is nothing to store";
}

TEST_F(QueryStatisticsTest, CountNoReplyThatWasStoredAsAnother) {
    new_client("a");
    writer().stop();
    EXPECT_FALSE(statistics().changed());
}

}  // namespace
}  // namespace catalogd::actors

// io.catalogd.Metrics: what the handlers make of a call, and what stays of samples as time goes on.
#include "protocol/metrics.h"

#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

using protocol::Time;
using protocol::TimeOrDay;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t day = 86'400'000;

class MetricsTest : public ActorsFixture {
protected:
    void record(const std::string& name, double value) {
        succeeded(ask(metrics::Record{{{{{name}, value, {}}}}, {}}));
    }
    // One sample each minute, up to now.
    void record_minutes(const std::string& name, int count) {
        metrics::Record message;
        for (int i = count; i > 0; --i) {
            message.samples.value.push_back({{name}, 1.0, Time{clock.wall() - i * 60'000}});
        }
        EXPECT_EQ(succeeded(ask(message)).recorded, count);
    }
    std::vector<metrics::Point> history(const std::string& name) {
        return succeeded(ask(metrics::History{{name}, {}, {}, {}})).points;
    }
    std::vector<std::string> names() { return succeeded(ask(metrics::ListNames{})).names; }
    protocol::Result<metrics::Trim::Reply> trim(std::int64_t before) {
        return ask(metrics::Trim{{{before}, {before}}, {}});
    }
    static whole::Operation operation(const std::string& method, const std::string& parameters) {
        return {"io.catalogd.Metrics." + method, protocol::Object{parameters}, {}, {}};
    }
};

TEST_F(MetricsTest, AreOfNowWhereNoTimeIsGiven) {
    record("load", 0.5);
    ASSERT_THAT(history("load"), SizeIs(1));
    EXPECT_EQ(history("load").front().at.milliseconds, clock.wall());
    EXPECT_EQ(history("load").front().value, 0.5);
}

TEST_F(MetricsTest, AreTenThousandPointsUnlessToldOtherwise) {
    record_minutes("load", 10'000);
    record("load", 2);
    EXPECT_THAT(history("load"), SizeIs(10'000));
    const auto whole = ask(metrics::History{{"load"}, {}, {}, {{100'000}}});
    EXPECT_THAT(whole->points, SizeIs(10'001));
}

TEST_F(MetricsTest, OfADayAreThoseOfThatWholeDay) {
    const std::int64_t midnight = clock.wall() / day * day;
    metrics::Record message;
    for (const std::int64_t at : {midnight - 1, midnight, midnight + day - 1, midnight + day}) {
        message.samples.value.push_back({{"load"}, 1, Time{at}});
    }
    succeeded(ask(message));
    const TimeOrDay whole{{midnight}, {midnight + day - 1}};
    EXPECT_THAT(ask(metrics::History{{"load"}, whole, whole, {}})->points, SizeIs(2));
}

TEST_F(MetricsTest, GoWhenTheirTimeIsOverAndNewOnesCome) {
    writer_options.metrics_kept = 10 * day;
    record_minutes("load", 100);
    clock.jump_wall(std::chrono::milliseconds(20 * day));
    record("load", 1);
    EXPECT_THAT(history("load"), SizeIs(100 - 17 + 1)) << "16 and as many as came";
    for (int i = 0; i < 5; ++i) {
        record("load", 1);
    }
    EXPECT_THAT(history("load"), SizeIs(6));
}

TEST_F(MetricsTest, StayWhereTheyAreAsLongAsTheyAreYoung) {
    writer_options.metrics_kept = day;
    record_minutes("load", 100);
    clock.jump_wall(std::chrono::milliseconds(day / 2));
    record("load", 1);
    EXPECT_THAT(history("load"), SizeIs(101));
}

TEST_F(MetricsTest, AreTrimmedBeforeATimeAndCounted) {
    record_minutes("load", 100);
    EXPECT_EQ(trim(clock.wall() - 50 * 60'000)->removed, 50);
    EXPECT_THAT(history("load"), SizeIs(50));
    EXPECT_EQ(trim(clock.wall())->removed, 50);
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(MetricsTest, AreNotTrimmedAllAtOnceWhereOthersWouldWaitForIt) {
    for (int i = 0; i < 26; ++i) {
        record_minutes("load", 10'000);
    }
    const auto refused = trim(clock.wall());
    ASSERT_TRUE(ends_in<errors::TooManySamples>(refused));
    const auto refusal = std::get<errors::TooManySamples>(refused.error());
    EXPECT_EQ(refusal.most, 250'000);
    const std::int64_t removed = succeeded(trim(refusal.before.milliseconds)).removed;
    EXPECT_GT(removed, 200'000);
    EXPECT_EQ(succeeded(trim(clock.wall())).removed, 260'000 - removed);
}

TEST_F(MetricsTest, ArePartOfATransactionOrNotThereAtAll) {
    const std::string sample = R"({"samples":[{"name":"load","value":1}]})";
    const whole::Transaction failing{
        {{operation("Record", sample), operation("Trim", R"({"before":"soon"})")}}, {}};
    EXPECT_TRUE(ends_in<errors::TransactionFailed>(ask(failing)));
    EXPECT_THAT(names(), IsEmpty());
    const auto done =
        ask(whole::Transaction{{{operation("Record", sample), operation("ListNames", "{}")}}, {}});
    EXPECT_EQ(succeeded(done).results.at(1).parameters->json, R"({"names":["load"]})");
}

TEST_F(MetricsTest, HaveNoHistoryInsideATransaction) {
    const auto outcome =
        ask(whole::Transaction{{{operation("History", R"({"name":"load"})")}}, {}});
    ASSERT_TRUE(ends_in<errors::TransactionFailed>(outcome));
    EXPECT_EQ(std::get<errors::TransactionFailed>(outcome.error()).error,
              "io.catalogd.InvalidValue");
}

TEST_F(MetricsTest, ThatManyAreReadInTheLaneOfListsSoThatLookupsNeedNotWait) {
    EXPECT_TRUE(is_listing(metrics::History{{"load"}, {}, {}, {}}));
    EXPECT_FALSE(is_listing(metrics::ListNames{}));
}

}  // namespace
}  // namespace catalogd::actors

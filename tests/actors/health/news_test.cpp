// What subscribers are told from one look to the next.
#include "actors/health/news.h"

#include <boost/json/parse.hpp>

#include "tests/actors/actors_fixture.h"

namespace catalogd::actors::health {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class NewsTest : public testing::Test {
protected:
    NewsTest() {
        for (const char* name : {"queue", "disk-free"}) {
            now_.checks.emplace_back().name = name;
        }
        figures_.at = Moment(std::chrono::hours(1));
        told();
    }
    // Types of what a look tells, a second later.
    std::vector<std::string> told() {
        figures_.at += std::chrono::seconds(1);
        news_.tell(now_, figures_, recent_);
        std::vector<std::string> types;
        while (const auto event = subscription_->next()) {
            types.emplace_back(event->type.substr(std::string_view("io.catalogd.").size()));
            last_ = boost::json::parse(event->json).as_object();
        }
        return types;
    }

    ManualClock clock_;
    events::Hub hub_{clock_, "e"};
    std::unique_ptr<events::Subscription> subscription_ =
        hub_.subscribe(events::Filter({"io.catalogd.*"}), {}, [] {});
    News news_{hub_};
    protocol::health::Health now_;
    Figures figures_;
    Recent recent_;
    boost::json::object last_;
};

TEST_F(NewsTest, AreASampleWhereNothingHasChanged) {
    EXPECT_THAT(told(), ElementsAre("sample"));
}

TEST_F(NewsTest, TellOfEachCheckThatChangesAndOfTheWhole) {
    now_.checks[1].status = Status::fail;
    now_.status = Status::fail;
    EXPECT_THAT(told(), ElementsAre("check.disk-free", "health.changed", "sample"));
    now_.checks[0].status = Status::warn;
    EXPECT_THAT(told(), ElementsAre("check.queue", "sample"));
}

TEST_F(NewsTest, TellWhatACheckWasAndIs) {
    subscription_ = hub_.subscribe(events::Filter({"io.catalogd.check.*"}), {}, [] {});
    now_.checks[0].status = Status::warn;
    now_.checks[0].reason = "it is full";
    told();
    EXPECT_EQ(last_.at("subject"), "queue");
    EXPECT_EQ(last_.at("data").at("was"), "pass");
    EXPECT_EQ(last_.at("data").at("check").at("reason"), "it is full");
}

TEST_F(NewsTest, TellOfCallsThatWereRefusedOnce) {
    figures_.writer.refused = 3;
    figures_.readers.refused = 2;
    EXPECT_THAT(told(), ElementsAre("calls.refused", "sample"));
    EXPECT_THAT(told(), ElementsAre("sample"));
}

TEST_F(NewsTest, TellOfSlowStatements) {
    figures_.slow_statements = {{"files.insert", 2, 250}};
    EXPECT_THAT(told(), ElementsAre("sample", "statement.slow"));
    EXPECT_EQ(last_.at("data").at("longestMs"), 250);
}

TEST_F(NewsTest, BeatEveryFifteenSeconds) {
    int beats = 0;
    for (int i = 0; i < 60; ++i) {
        for (const std::string& type : told()) {
            beats += type == "heartbeat" ? 1 : 0;
        }
    }
    EXPECT_EQ(beats, 4);
}

TEST_F(NewsTest, MeasureRatesOverTheTimeThatPassed) {
    figures_.at += std::chrono::seconds(1);  // and one more in told()
    figures_.readers.answered = 100;
    figures_.writer.operations = 50;
    told();
    EXPECT_EQ(last_.at("data").at("readsPerSecond"), 50);
    EXPECT_EQ(last_.at("data").at("writesPerSecond"), 25);
}

TEST_F(NewsTest, AreNoSampleWhereNobodyWantsOne) {
    subscription_ = hub_.subscribe({}, {}, [] {});
    told();
    EXPECT_THAT(told(), IsEmpty());
}

}  // namespace
}  // namespace catalogd::actors::health

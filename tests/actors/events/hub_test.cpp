// Events from those who publish to those who listen: order, gaps, resuming, and who is slow.
#include "actors/events/hub.h"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <thread>

#include "actors/events/slow_statements.h"
#include "tests/actors/actors_fixture.h"

namespace catalogd::actors::events {
namespace {

namespace json = boost::json;
namespace wire = protocol::events;
using testing::ElementsAre;
using testing::IsEmpty;

class HubTest : public testing::Test {
protected:
    Hub& hub() {
        if (!hub_) {
            hub_.emplace(clock_, "epoch", bounds_);
        }
        return *hub_;
    }
    std::unique_ptr<Subscription> subscribe(std::vector<std::string> types = {},
                                            std::optional<std::uint64_t> after = {}) {
        std::optional<wire::Sequence> sequence;
        if (after) {
            sequence = wire::Sequence{"epoch", *after};
        }
        return hub().subscribe(Filter(std::move(types)), sequence, [this] { ++wakes_; });
    }
    void publish(const std::string& name = "b") {
        hub().publish("io.catalogd.backup.deleted", wire::BackupDeleted{name});
    }
    // Type and last digits of the sequence of all that waits: "snapshot 3".
    static std::vector<std::string> taken(Subscription& subscription) {
        std::vector<std::string> told;
        while (const EventPtr event = subscription.next()) {
            const auto cloud = json::parse(event->json).as_object();
            const std::string type(event->type.substr(std::string_view("io.catalogd.").size()));
            const auto sequence = cloud.if_contains("sequence");
            told.push_back(
                sequence == nullptr
                    ? type
                    : type + ' ' +
                          std::to_string(wire::parse_sequence(sequence->as_string())->number));
        }
        return told;
    }
    static json::object data_of(const EventPtr& event) {
        return json::parse(event->json).at("data").as_object();
    }

    ManualClock clock_;
    Bounds bounds_;
    int wakes_ = 0;

private:
    std::optional<Hub> hub_;
};

TEST_F(HubTest, BeginsWithASnapshotThatCarriesTheLastNumber) {
    publish();
    publish();
    hub().set_snapshot(R"({"health":{}})");
    const auto subscription = subscribe();
    publish();
    EXPECT_THAT(taken(*subscription), ElementsAre("snapshot 2", "backup.deleted 3"));
}

TEST_F(HubTest, GivesEverySubscriberTheSameText) {
    const auto one = subscribe();
    const auto other = subscribe();
    publish();
    one->next();
    other->next();
    EXPECT_EQ(one->next(), other->next());
}

TEST_F(HubTest, WakesOnlyWhoHasAskedInVain) {
    const auto subscription = subscribe();
    publish();
    EXPECT_EQ(wakes_, 0);
    taken(*subscription);
    publish();
    publish();
    EXPECT_EQ(wakes_, 1);
}

TEST_F(HubTest, ResumesWithWhatCameSince) {
    for (int i = 0; i < 5; ++i) {
        publish();
    }
    EXPECT_THAT(taken(*subscribe({}, 3)), ElementsAre("backup.deleted 4", "backup.deleted 5"));
    EXPECT_THAT(taken(*subscribe({}, 5)), IsEmpty());
    EXPECT_THAT(taken(*subscribe({}, 0)).size(), 5);
}

TEST_F(HubTest, SaysWhatIsLostWhereItIsTooOldToBeKept) {
    bounds_.kept_events = 2;
    for (int i = 0; i < 5; ++i) {
        publish();
    }
    EXPECT_THAT(taken(*subscribe({}, 3)), ElementsAre("backup.deleted 4", "backup.deleted 5"));
    const auto late = subscribe({}, 2);
    const auto lost = data_of(late->next());
    EXPECT_EQ(lost.at("after"), "epoch-00000000000000000002");
    EXPECT_EQ(lost.at("count"), 3);
    EXPECT_THAT(taken(*late), ElementsAre("snapshot 5"));
}

TEST_F(HubTest, KeepsNoMoreBytesThanItMay) {
    bounds_.kept_bytes = 2'000;
    for (int i = 0; i < 50; ++i) {
        publish(std::string(300, 'x'));
    }
    EXPECT_THAT(taken(*subscribe({}, 10)), ElementsAre("lost 50", "snapshot 50"));
}

TEST_F(HubTest, SaysThatTheDaemonWasRestartedToWhoComesFromBefore) {
    publish();
    const auto late = hub().subscribe({}, wire::Sequence{"other", 1}, [] {});
    EXPECT_EQ(data_of(late->next()).at("reason"), "the daemon was restarted");
    EXPECT_THAT(taken(*late), ElementsAre("snapshot 1"));
    EXPECT_THAT(taken(*subscribe({}, 99)), ElementsAre("lost 1", "snapshot 1")) << "never sent";
}

TEST_F(HubTest, TellsWhoIsSlowWhatItHasLostAndGoesOn) {
    bounds_.waiting_bytes = 20'000;
    const auto slow = subscribe();
    taken(*slow);
    for (int i = 0; i < 30; ++i) {
        publish(std::string(1'000, 'x'));
    }
    const EventPtr lost = slow->next();
    EXPECT_EQ(lost->type, wire::lost_type);
    EXPECT_EQ(data_of(lost).at("reason"), "this subscriber was too slow");
    EXPECT_EQ(data_of(lost).at("after"), "epoch-00000000000000000000");
    const auto rest = taken(*slow);
    EXPECT_EQ(rest.at(0).substr(0, 8), "snapshot");
    const std::int64_t dropped = data_of(lost).at("count").as_int64();
    const auto told = static_cast<std::int64_t>(rest.size()) - 1;
    EXPECT_EQ(dropped + told, hub().figures().published) << "each is told or counted";
    EXPECT_EQ(hub().figures().dropped, dropped);
}

TEST_F(HubTest, TellsOthersThatSomebodyIsSlowAndNothingElse) {
    bounds_.waiting_bytes = 20'000;
    const auto slow = subscribe();
    const auto quick = subscribe();
    std::vector<std::string> told;
    for (int i = 0; i < 30; ++i) {
        publish(std::string(1'000, 'x'));
        const auto next = taken(*quick);
        told.insert(told.end(), next.begin(), next.end());
    }
    ASSERT_EQ(told.size(), static_cast<std::size_t>(hub().figures().published) + 1);
    EXPECT_EQ(std::ranges::count_if(
                  told, [](const auto& each) { return each.starts_with("subscriber.slow"); }),
              hub().figures().slow);
    EXPECT_LE(hub().figures().waiting_bytes, bounds_.waiting_bytes);
    EXPECT_GT(hub().figures().slow, 0);
}

TEST_F(HubTest, GivesTheTypesThatAreAskedFor) {
    const auto jobs = subscribe({"io.catalogd.job.*", "io.catalogd.daemon.started"});
    publish();
    hub().publish("io.catalogd.job.started", wire::JobStarted{1, "backup", "request"}, "backup");
    hub().publish("io.catalogd.daemon.started", wire::DaemonStarted{});
    hub().beat();
    EXPECT_THAT(taken(*jobs),
                ElementsAre("snapshot 0", "job.started 2", "daemon.started 3", "heartbeat 3"));
}

TEST_F(HubTest, RefusesTypesThatThereAreNot) {
    EXPECT_THROW(Filter({"io.catalogd.other"}), std::invalid_argument);
    EXPECT_THROW(Filter({"io.catalogd.jo.*"}), std::invalid_argument);
    EXPECT_THROW(Filter(std::vector<std::string>(65, "io.catalogd.job.*")), std::invalid_argument);
    EXPECT_NO_THROW(Filter({"io.catalogd.*"}));
}

TEST_F(HubTest, GivesSamplesToThoseAloneWhoNameThem) {
    const auto all = subscribe();
    EXPECT_FALSE(hub().samples_wanted());
    auto charts = subscribe({"io.catalogd.sample"});
    EXPECT_TRUE(hub().samples_wanted());
    hub().publish_sample(wire::Sample{});
    EXPECT_THAT(taken(*all), ElementsAre("snapshot 0"));
    EXPECT_THAT(taken(*charts), ElementsAre("snapshot 0", "sample"));
    charts.reset();
    EXPECT_FALSE(hub().samples_wanted());
}

TEST_F(HubTest, EndsItsSubscribersWhenTheyHaveTakenWhatWaits) {
    const auto subscription = subscribe();
    publish();
    hub().close();
    publish();
    EXPECT_FALSE(subscription->ended());
    EXPECT_THAT(taken(*subscription), ElementsAre("snapshot 0", "backup.deleted 1"));
    EXPECT_TRUE(subscription->ended());
    EXPECT_EQ(wakes_, 1);
}

TEST_F(HubTest, HasNoGapThoughManyPublishAtOnce) {
    const auto subscription = subscribe();
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([this] {
            for (int n = 0; n < 250; ++n) {
                publish();
            }
        });
    }
    std::uint64_t last = 0;
    while (last < 1'000) {
        if (const EventPtr event = subscription->next(); event && event->number > 0) {
            ASSERT_EQ(event->number, ++last);
        }
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

TEST(SlowStatementsTest, AreOneForEachNameWithTheLongest) {
    SlowStatements slow;
    slow.note("a", std::chrono::milliseconds(100));
    slow.note("a", std::chrono::milliseconds(300));
    slow.note("b", std::chrono::milliseconds(200));
    const auto taken = slow.take();
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(taken[0].statement, "a");
    EXPECT_EQ(taken[0].count, 2);
    EXPECT_EQ(taken[0].longest_ms, 300);
    EXPECT_THAT(slow.take(), IsEmpty());
}

}  // namespace
}  // namespace catalogd::actors::events

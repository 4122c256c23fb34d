// The health actor on real actors: what it sees of them, and that it never waits.
#include "actors/health/health.h"

#include "protocol/codec.h"
#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

using health::Status;

class HealthTest : public ActorsFixture {
protected:
    ~HealthTest() override { health_.reset(); }

    Health& health() {
        if (!health_) {
            writer();
            readers();
            health_.emplace(
                health::About{"1.2.3", database().path, opened().shape, clock.wall(), clock.now()},
                [this](health::Figures& figures) {
                    figures.writer = writer().figures();
                    figures.commit_times = writer().times().commits.spread().counts();
                    figures.readers = readers().figures();
                },
                hub, clock, options);
        }
        return *health_;
    }
    protocol::health::Health look_after(std::chrono::milliseconds time) {
        health();
        clock.pass(time);
        health().look();
        return health().latest()->health;
    }
    static Status status(const protocol::health::Health& about, std::string_view name) {
        for (const auto& check : about.checks) {
            if (check.name == name) {
                return check.status;
            }
        }
        throw std::out_of_range(std::string(name));
    }

    Health::Options options;
    events::Hub hub{clock, "e"};

private:
    std::optional<Health> health_;
};

TEST_F(HealthTest, HasLookedBeforeAnybodyAsks) {
    const auto look = health().latest();
    EXPECT_EQ(look->health.version, "1.2.3");
    EXPECT_GT(look->health.tables, 5);
    EXPECT_GT(look->health.indexes, 3);
    EXPECT_GT(look->health.database_bytes, 0);
    EXPECT_GT(look->health.disk_free_bytes, 0);
    EXPECT_EQ(look->health.schema_version, catalog::migrations().back().version);
}

TEST_F(HealthTest, KeepsTheReplyThatTellsTheSame) {
    const auto look = health().latest();
    const auto reply = protocol::decode_text<protocol::health::Get::Reply>(look->reply);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->health.checks.size(), look->health.checks.size());
    EXPECT_EQ(reply->health.database_bytes, look->health.database_bytes);
}

TEST_F(HealthTest, TellsHowLongTheDaemonIsUp) {
    health();
    EXPECT_EQ(look_after(std::chrono::minutes(5)).uptime_seconds, 300);
}

TEST_F(HealthTest, SeesAWriterThatStandsAndThatItGoesOn) {
    const auto client = new_client("laptop");
    EXPECT_EQ(status(look_after(std::chrono::seconds(1)), "writer"), Status::pass);
    Hold hold;
    hold_writer(hold, client);
    look_after(std::chrono::seconds(6));
    EXPECT_EQ(status(look_after(std::chrono::seconds(2)), "writer"), Status::warn);
    hold.release();
    ASSERT_TRUE(ask(clients::Touch{client, {}, {}}));
    ASSERT_TRUE(eventually([&] { return !writer().figures().busy_since; }));
    look_after(std::chrono::seconds(1));
    EXPECT_EQ(status(look_after(std::chrono::seconds(10)), "writer"), Status::pass);
}

TEST_F(HealthTest, SeesEachReaderThatIsBusyAndForHowLong) {
    reader_options.count = 2;
    health();
    Hold hold;
    auto mail = envelope(clients::Get{});
    mail.reply = hold.reply();
    ASSERT_TRUE(readers().post(mail));
    hold.wait_until_holding();
    const auto about = look_after(std::chrono::seconds(3));
    EXPECT_EQ(about.pool.active, 1);
    EXPECT_EQ(about.pool.available, 1);
    EXPECT_EQ(about.pool.utilization, 0.5);
    EXPECT_EQ(about.pool.longest_running_ms, 3'000);
    hold.release();
}

TEST_F(HealthTest, TellsAgesOfConnectionsAndThatOldOnesWereReplaced) {
    reader_options.count = 2;
    reader_options.max_age = std::chrono::minutes(10);
    health();
    EXPECT_EQ(look_after(std::chrono::minutes(4)).pool.average_connection_age_seconds, 240);
    clock.pass(std::chrono::minutes(7));
    ask(clients::Get{});
    const auto pool = look_after(std::chrono::minutes(1)).pool;
    EXPECT_EQ(pool.oldest_connection_age_seconds, 720);
    EXPECT_EQ(pool.average_connection_age_seconds, (720 + 60) / 2);
    EXPECT_EQ(pool.max_age_seconds, 600);
    EXPECT_EQ(pool.stale_closed, 1);
    EXPECT_EQ(pool.last_cleanup->milliseconds, clock.wall());
}

TEST_F(HealthTest, CountsCallsThatFoundTheQueueFull) {
    writer_options.mailbox.messages = 1;
    const auto client = new_client("laptop");
    look_after(std::chrono::seconds(1));
    Hold hold;
    hold_writer(hold, client);
    EXPECT_TRUE(post(clients::Touch{client, {}, {}}));
    EXPECT_FALSE(post(clients::Touch{client, {}, {}}));
    look_after(std::chrono::seconds(1));
    const auto about = look_after(std::chrono::seconds(3));
    EXPECT_EQ(status(about, "queue"), Status::fail);
    EXPECT_EQ(about.writer.queued, 1);
    hold.release();
}

TEST_F(HealthTest, MeasuresCommitsAndHowManyChangesShareOne) {
    look_after(std::chrono::seconds(1));
    const auto client = new_client("laptop");
    ASSERT_TRUE(ask(save(client, "a")));
    const auto writer = look_after(std::chrono::seconds(3)).writer;
    EXPECT_EQ(writer.commits, 2);
    EXPECT_EQ(writer.operations, 2);
    EXPECT_EQ(writer.batch_size, 1);
}

TEST_F(HealthTest, TakesOtherThresholdsWithTheNextLook) {
    look_after(std::chrono::seconds(1));
    options.thresholds.database = {1, 2};
    health().configure(options);
    look_after(std::chrono::seconds(1));
    EXPECT_EQ(status(look_after(std::chrono::seconds(2)), "database-size"), Status::fail);
}

TEST_F(HealthTest, LooksByItselfOnceStarted) {
    std::promise<void> looked;
    std::atomic<int> looks{0};
    Health alone({"1.2.3", database().path, opened().shape, 0, {}},
                 [&](health::Figures&) {
                     if (++looks == 2) {
                         looked.set_value();
                     }
                 },
                 hub, clock, {});
    alone.start();
    looked.get_future().wait();
    alone.stop();
    EXPECT_GE(looks, 2);
}

}  // namespace
}  // namespace catalogd::actors

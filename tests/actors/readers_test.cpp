#include <filesystem>

#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// While it lives, the database is where nobody finds it; who has it open goes on reading it.
class MovedAway {
public:
    explicit MovedAway(std::filesystem::path database) : from_(std::move(database)), to_(from_) {
        to_ += ".away";
        std::filesystem::rename(from_, to_);
    }
    ~MovedAway() { std::filesystem::rename(to_, from_); }
    MovedAway(const MovedAway&) = delete;
    MovedAway& operator=(const MovedAway&) = delete;

private:
    std::filesystem::path from_;
    std::filesystem::path to_;
};

class ReadersTest : public ActorsFixture {
protected:
    // Keeps one reader busy in a reply until `hold` lets it go.
    template <class Message>
    void hold_reader(Hold& hold, Message message) {
        auto mail = envelope(std::move(message));
        mail.reply = hold.reply();
        ASSERT_TRUE(readers().post(mail));
        hold.wait_until_holding();
    }
};

TEST_F(ReadersTest, SeesWhatWasCommittedBefore) {
    const auto client = new_client("a");
    ASSERT_TRUE(ask(save(client, "f")));
    EXPECT_TRUE(has_file(client, "f"));
}

TEST_F(ReadersTest, AnswersShortCallsWhileLongOnesHoldTheirShare) {
    reader_options.count = 4;
    reader_options.processors = 8;
    const auto client = new_client("a");
    std::array<Hold, 2> holds;
    for (Hold& hold : holds) {
        hold_reader(hold, files::List{});
    }
    auto third = post(files::List{});
    EXPECT_TRUE(ask(clients::Get{client, {}}));
    EXPECT_EQ(third->wait_for(milliseconds(0)), std::future_status::timeout);
    for (Hold& hold : holds) {
        hold.release();
    }
    EXPECT_TRUE(third->get());
}

TEST_F(ReadersTest, LeavesAProcessorToShortCalls) {
    reader_options.count = 4;
    reader_options.processors = 2;
    new_client("a");
    Hold hold;
    hold_reader(hold, files::List{});
    auto second = post(files::List{});
    EXPECT_TRUE(ask(clients::Get{{}, "a"}));
    EXPECT_EQ(second->wait_for(milliseconds(0)), std::future_status::timeout);
    hold.release();
    EXPECT_TRUE(second->get());
}

TEST_F(ReadersTest, RestsForShortCallsOnceLongOnesTookMoreThanAPage) {
    new_client("a");
    Hold hold;
    hold_reader(hold, files::List{});
    ++shared().arrivals.of_short;
    clock.pass(milliseconds(16));
    hold.release();
    EXPECT_TRUE(ask(files::List{})) << "a rest ends";
    readers().stop();
    EXPECT_EQ(readers().figures().rests, 1);
}

TEST_F(ReadersTest, DoesNotRestWhereNoShortCallComes) {
    new_client("a");
    Hold hold;
    hold_reader(hold, files::List{});
    ++shared().arrivals.of_long;
    clock.pass(milliseconds(16));
    hold.release();
    EXPECT_TRUE(ask(files::List{}));
    readers().stop();
    EXPECT_EQ(readers().figures().rests, 0);
}

TEST_F(ReadersTest, AnswersEveryLongCallInTheEnd) {
    reader_options.count = 2;
    new_client("a");
    std::vector<Awaited<clients::List>> answers;
    for (int i = 0; i < 200; ++i) {
        answers.push_back(*post(clients::List{}));
    }
    for (auto& answer : answers) {
        EXPECT_TRUE(answer.get());
    }
}

TEST_F(ReadersTest, RefusesAtOnceWhenItsMailboxIsFull) {
    reader_options.count = 2;
    reader_options.mailbox.messages = 1;
    const auto client = new_client("a");
    std::array<Hold, 2> holds;
    for (Hold& hold : holds) {
        hold_reader(hold, clients::Get{client, {}});
    }
    auto waiting = post(clients::Get{client, {}});
    EXPECT_FALSE(post(clients::Get{client, {}}));
    for (Hold& hold : holds) {
        hold.release();
    }
    EXPECT_TRUE(waiting->get());
    EXPECT_TRUE(ask(clients::Get{client, {}}));
}

TEST_F(ReadersTest, TellsAnOverdueCallWhileItStillWaits) {
    reader_options.count = 2;
    const auto client = new_client("a");
    std::array<Hold, 2> holds;
    for (Hold& hold : holds) {
        hold_reader(hold, clients::Get{client, {}});
    }
    auto late = *post(clients::Get{client, {}}, milliseconds(10));
    clock.pass(milliseconds(10));
    readers().expire();
    EXPECT_TRUE(ends_in<errors::DeadlineExceeded>(late.get()));
    for (Hold& hold : holds) {
        hold.release();
    }
}

TEST_F(ReadersTest, BreaksOffALongCallWhoseCallerHasGone) {
    const auto client = new_client("a");
    save_files(client, 10'000);
    auto mail = envelope(files::List{client, {}, protocol::Limit{1000}});
    mail.abandoned = [asked = 0]() mutable { return ++asked > 1; };  // while the statement runs
    EXPECT_FALSE(post_mail<files::List>(std::move(mail))->get());
    EXPECT_EQ(readers().figures().abandoned, 1);
    EXPECT_TRUE(ask(clients::Get{client, {}})) << "on the same connection";
    EXPECT_EQ(readers().figures().replaced_after_failure, 0);
}

TEST_F(ReadersTest, EndsAStatementAtItsDeadline) {
    reader_options.max_age = hours(10);
    const auto client = new_client("a");
    save_files(client, 10'000);
    auto mail = envelope(files::List{client, {}, protocol::Limit{1000}});
    readers();
    clock.pass_at_ask(4);  // two before the statement runs, and then while it does
    EXPECT_TRUE(ends_in<errors::DeadlineExceeded>(post_mail<files::List>(std::move(mail))->get()));
    EXPECT_TRUE(ask(clients::Get{client, {}})) << "the reader goes on";
}

TEST_F(ReadersTest, ReplacesAConnectionThatGrewOldBetweenRequests) {
    reader_options.count = 2;
    reader_options.max_age = hours(1);
    const auto client = new_client("a");
    ASSERT_TRUE(ask(clients::Get{client, {}}));
    EXPECT_EQ(readers().figures().replaced_for_age, 0);
    clock.pass(hours(1));
    ASSERT_TRUE(ask(clients::Get{client, {}}));
    EXPECT_EQ(readers().figures().replaced_for_age, 1);
    EXPECT_EQ(readers().figures().connections_opened, 3);
}

TEST_F(ReadersTest, ServesOnWithAConnectionThatGrewOldWhereNoOtherCanBeHad) {
    reader_options.count = 1;
    reader_options.max_age = hours(1);
    const auto client = new_client("a");
    ASSERT_TRUE(ask(clients::Get{client, {}}));
    clock.pass(hours(1));
    {
        const MovedAway nowhere(database().path);
        EXPECT_TRUE(ask(clients::Get{client, {}}));
    }
    EXPECT_EQ(readers().figures().replaced_for_age, 0);
    EXPECT_TRUE(ask(clients::Get{client, {}}));
    EXPECT_EQ(readers().figures().replaced_for_age, 1);
}

TEST_F(ReadersTest, KeepsItsConnectionsWhenTheWallClockJumps) {
    const auto client = new_client("a");
    clock.jump_wall(hours(24 * 400));
    ASSERT_TRUE(ask(clients::Get{client, {}}));
    EXPECT_EQ(readers().figures().replaced_for_age, 0);
}

TEST_F(ReadersTest, KeepsItsCapacityThroughAThousandFailingCalls) {
    const auto client = new_client("a");
    for (int i = 0; i < 1000; ++i) {
        ASSERT_TRUE(ends_in<errors::FileNotFound>(ask(files::Get{{}, client, "none"}))) << i;
    }
    EXPECT_TRUE(ask(clients::Get{client, {}}));
    readers().stop();
    const auto figures = readers().figures();
    EXPECT_EQ(figures.active, 0);
    EXPECT_EQ(figures.connections_opened, static_cast<std::int64_t>(figures.readers));
}

TEST_F(ReadersTest, CountsHowManyWereBusyAtOnce) {
    reader_options.count = 3;
    const auto client = new_client("a");
    std::array<Hold, 3> holds;
    for (Hold& hold : holds) {
        hold_reader(hold, clients::Get{client, {}});
    }
    for (Hold& hold : holds) {
        hold.release();
    }
    readers().stop();
    EXPECT_EQ(readers().figures().peak_active, 3);
}

TEST_F(ReadersTest, FinishesWhatItTookInBeforeItStops) {
    const auto client = new_client("a");
    auto waiting = *post(clients::Get{client, {}});
    readers().stop();
    EXPECT_TRUE(waiting.get());
    EXPECT_FALSE(post(clients::Get{client, {}}));
}

}  // namespace
}  // namespace catalogd::actors

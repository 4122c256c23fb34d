#include <unistd.h>

#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

using WriterTest = ActorsFixture;

TEST_F(WriterTest, CommitsWhatWaitedTogetherInOneCommit) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    const auto before = writer().figures().commits;
    std::vector<Awaited<files::Save>> answers;
    for (int i = 0; i < 50; ++i) {
        answers.push_back(*post(save(client, "f" + std::to_string(i))));
    }
    hold.release();
    for (auto& answer : answers) {
        EXPECT_TRUE(answer.get());
    }
    EXPECT_EQ(writer().figures().commits, before + 1);
}

// Were the wait in proportion, it would last for hours here.
TEST_F(WriterTest, WaitsForNobodyInProportionToACommitThatHung) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    const auto patience = std::chrono::hours(1'000);
    auto first = *post(save(client, "first"), patience);
    auto second = *post(save(client, "second"), patience);
    on_every_statement([this] { clock.pass(std::chrono::minutes(20)); });
    hold.release();
    EXPECT_TRUE(first.get() && second.get());
    on_every_statement([] {});
    EXPECT_TRUE(ask(save(client, "third")));
}

TEST_F(WriterTest, KeepsNeighboursOfAFailingRequest) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    auto first = *post(save(client, "first"));
    auto failing = *post(save(protocol::Id{{9}}, "nowhere"));
    auto last = *post(save(client, "last"));
    hold.release();
    EXPECT_TRUE(first.get());
    EXPECT_TRUE(ends_in<errors::UnknownClient>(failing.get()));
    EXPECT_TRUE(last.get());
    EXPECT_TRUE(has_file(client, "first") && has_file(client, "last"));
}

TEST_F(WriterTest, UndoesAllOfARequestThatFailsHalfway) {
    const auto taken = new_client("taken");
    const auto client = new_client("a");
    const auto before = ask(clients::Get{client, {}})->client.last_seen;
    clock.jump_wall(std::chrono::seconds(5));
    EXPECT_TRUE(ends_in<errors::NameTaken>(ask(clients::Save{client, {"taken"}, {}, {}, {}})));
    EXPECT_EQ(ask(clients::Get{client, {}})->client.last_seen, before);
    EXPECT_EQ(ask(clients::Get{taken, {}})->client.name, "taken");
}

TEST_F(WriterTest, UndoesAllOfARequestThatFailsHalfwayInACommitOfItsOwn) {
    const auto client = new_client("a");
    clients::Import message;
    message.clients.value.push_back({{}, {"new"}, {}, {}, {}});
    message.clients.value.push_back(
        {{}, {std::string(256, 'x')}, {}, {}, {}});  // no schema takes it
    EXPECT_TRUE(ends_in<errors::InternalError>(ask(message)));
    EXPECT_TRUE(ends_in<errors::ClientNotFound>(ask(clients::Get{{}, "new"})));
    EXPECT_TRUE(ask(save(client, "f"))) << "the writer goes on";
}

TEST_F(WriterTest, MakesNoCommitWhereEveryRequestFailed) {
    writer();
    const auto before = writer().figures().commits;
    EXPECT_TRUE(ends_in<errors::ClientNotFound>(ask(clients::Touch{{{1}}, {}, {}})));
    EXPECT_EQ(writer().figures().commits, before);
}

TEST_F(WriterTest, AppliesInTheOrderOfPosting) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    auto saved = *post(save(client, "f"));
    auto removed = *post(files::Delete{client, "f", {}});
    auto again = *post(files::Delete{client, "f", {}});
    hold.release();
    EXPECT_TRUE(removed.get());
    EXPECT_TRUE(ends_in<errors::FileNotFound>(again.get()));
    EXPECT_FALSE(has_file(client, "f"));
}

TEST_F(WriterTest, RefusesAtOnceWhenItsMailboxIsFull) {
    writer_options.mailbox.messages = 2;
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    auto first = post(save(client, "1"));
    auto second = post(save(client, "2"));
    EXPECT_FALSE(post(save(client, "3")));
    hold.release();
    EXPECT_TRUE(first->get() && second->get());
    EXPECT_TRUE(ask(save(client, "3"))) << "busy ends with the burst";
}

TEST_F(WriterTest, DoesNothingForACallWhoseTimeRanOutInTheQueue) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    auto late = *post(save(client, "late"), std::chrono::milliseconds(100));
    clock.pass(std::chrono::milliseconds(100));
    hold.release();
    const auto outcome = late.get();
    ASSERT_TRUE(ends_in<errors::DeadlineExceeded>(outcome));
    EXPECT_EQ(std::get<errors::DeadlineExceeded>(outcome.error()).after_ms, 100);
    EXPECT_FALSE(has_file(client, "late"));
}

TEST_F(WriterTest, TellsAnOverdueCallWhileItStillWaits) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    auto late = *post(save(client, "late"), std::chrono::milliseconds(100));
    clock.pass(std::chrono::milliseconds(100));
    writer().expire();
    EXPECT_TRUE(ends_in<errors::DeadlineExceeded>(late.get()));
    hold.release();
}

TEST_F(WriterTest, KeepsDeadlinesWhenTheWallClockJumps) {
    const auto client = new_client("a");
    clock.jump_wall(std::chrono::hours(24 * 400));
    EXPECT_TRUE(ask(save(client, "future")));
    clock.jump_wall(-std::chrono::hours(24 * 800));
    EXPECT_TRUE(ask(save(client, "past")));
}

TEST_F(WriterTest, OrdersIdentifiersThroughAWallClockThatGoesBack) {
    const auto first = new_client("first");
    clock.jump_wall(-std::chrono::hours(24));
    EXPECT_LT(first, new_client("second"));
}

TEST_F(WriterTest, FinishesWhatItTookInBeforeItStops) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    auto waiting = *post(save(client, "f"));
    std::thread release([&] { hold.release(); });
    stop();
    release.join();
    EXPECT_TRUE(waiting.get());
    reopen();
    EXPECT_TRUE(has_file(client, "f"));
}

TEST_F(WriterTest, TakesNothingOnceStopped) {
    const auto client = new_client("a");
    writer().stop();
    EXPECT_FALSE(post(save(client, "f")));
}

TEST_F(WriterTest, AcknowledgesNothingOnceTheDatabaseIsGone) {
    const auto client = new_client("a");
    ::unlink(database().path.c_str());
    EXPECT_TRUE(ends_in<errors::OutcomeUnknown>(ask(save(client, "f"))));
    EXPECT_TRUE(ends_in<errors::ReadOnly>(ask(save(client, "g"))));
    stop();
    EXPECT_EQ(failures.size(), 1U);
}

TEST_F(WriterTest, AcknowledgesNothingOnceTheLogIsGone) {
    const auto client = new_client("a");
    ::unlink((database().path + "-wal").c_str());
    EXPECT_TRUE(ends_in<errors::OutcomeUnknown>(ask(save(client, "f"))));
}

TEST_F(WriterTest, NamesTheRequestWhoseOutcomeIsUnknown) {
    const auto client = new_client("a");
    ::unlink(database().path.c_str());
    auto message = save(client, "f");
    message.request_id = protocol::RequestId{"r-1"};
    const auto outcome = ask(message);
    ASSERT_TRUE(ends_in<errors::OutcomeUnknown>(outcome));
    EXPECT_EQ(std::get<errors::OutcomeUnknown>(outcome.error()).request_id, "r-1");
}

TEST_F(WriterTest, KeepsTheLogBelowItsLimit) {
    writer_options.checkpoint_at = 1 << 20;
    writer_options.log_limit = 4 << 20;
    const auto client = new_client("a");
    readers();
    for (int round = 0; round < 60; ++round) {
        files::SaveMany message{client, {}, {}};
        for (int i = 0; i < 500; ++i) {
            message.files.value.push_back(file(std::to_string(round * 7919 + i * 104729)));
        }
        ASSERT_TRUE(ask(message));
        ASSERT_LT(writer().figures().log_bytes, writer_options.log_limit);
    }
    EXPECT_GT(writer().figures().checkpoints, 5);
}

TEST_F(WriterTest, KeepsTheLogBelowItsLimitWithReadersThatNeverPause) {
    writer_options.checkpoint_at = 1 << 20;
    writer_options.log_limit = 4 << 20;
    const auto client = new_client("a");
    readers();
    std::atomic<bool> done{false};
    std::array<std::thread, 3> reading;
    for (std::thread& thread : reading) {
        thread = std::thread([&] {
            while (!done) {
                EXPECT_TRUE(ask(files::List{}));
            }
        });
    }
    for (int round = 0; round < 60; ++round) {
        files::SaveMany message{client, {}, {}};
        for (int i = 0; i < 500; ++i) {
            message.files.value.push_back(file(std::to_string(round * 7919 + i * 104729)));
        }
        EXPECT_TRUE(ask(message));
        EXPECT_LT(writer().figures().log_bytes, writer_options.log_limit + (1 << 20));
    }
    done = true;
    for (std::thread& thread : reading) {
        thread.join();
    }
}

TEST_F(WriterTest, ServesWhatCameBeforeWorkAloneBeforeIt) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    auto before = *post(save(client, "before"));
    std::promise<void> held;
    ASSERT_TRUE(writer().post_alone({[](auto& connection) { connection.hold("a vacuum runs"); },
                                     [&](const auto&) { held.set_value(); }}));
    hold.release();
    EXPECT_TRUE(before.get());
    held.get_future().get();
    EXPECT_TRUE(ends_in<errors::ReadOnly>(ask(save(client, "after"))));
}

TEST_F(WriterTest, EmptiesTheLogWhenItStops) {
    new_client("a");
    stop();
    EXPECT_NE(::access((database().path + "-wal").c_str(), F_OK), 0);
}

}  // namespace
}  // namespace catalogd::actors

// Options that actors are given while they run.
#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

class ConfigureTest : public ActorsFixture {
protected:
    // How many of so many messages are taken while the actor is held.
    int taken_while_held(int offered, const protocol::Id& client) {
        Hold hold;
        hold_writer(hold, client);
        int taken = 0;
        for (int i = 0; i < offered; ++i) {
            taken += post(save(client, "f")) ? 1 : 0;
        }
        hold.release();
        return taken;
    }
    // Of so many saves that waited together.
    std::int64_t commits_for(int saves, const protocol::Id& client) {
        Hold hold;
        hold_writer(hold, client);
        const auto before = writer().figures().commits;
        std::vector<Awaited<files::Save>> answers;
        for (int i = 0; i < saves; ++i) {
            answers.push_back(*post(save(client, std::to_string(i))));
        }
        hold.release();
        for (auto& answer : answers) {
            succeeded(answer.get());
        }
        return writer().figures().commits - before;
    }
};

TEST_F(ConfigureTest, ChangesTheBoundsOfTheWritersMailboxAtOnce) {
    const auto client = new_client("a");
    writer_options.mailbox.messages = 3;
    writer().configure(writer_options);
    EXPECT_EQ(taken_while_held(10, client), 3);
    writer_options.mailbox.messages = 7;
    writer().configure(writer_options);
    EXPECT_EQ(taken_while_held(10, client), 7);
}

TEST_F(ConfigureTest, KeepsWhatWaitsWhereTheMailboxShrinks) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    auto waiting = *post(save(client, "f"));
    auto also = *post(save(client, "g"));
    writer_options.mailbox.messages = 1;
    writer().configure(writer_options);
    EXPECT_FALSE(post(save(client, "h")));
    hold.release();
    EXPECT_TRUE(waiting.get() && also.get());
}

TEST_F(ConfigureTest, ChangesTheSizeOfABatch) {
    const auto client = new_client("a");
    writer_options.batch = 5;
    writer().configure(writer_options);
    EXPECT_EQ(commits_for(20, client), 4);
    writer_options.batch = 20;
    writer().configure(writer_options);
    EXPECT_EQ(commits_for(20, client), 1);
}

TEST_F(ConfigureTest, ChangesHowManyRequestsAreKept) {
    const auto client = new_client("a");
    writer_options.requests.calls = 1;
    writer().configure(writer_options);
    for (const std::string id : {"r", "s"}) {
        auto mail = envelope(save(client, id));
        mail.request = Request{7, id, {1}};
        succeeded(post_mail<files::Save>(std::move(mail))->get());
    }
    stop();
    catalog::WriteConnection connection(database());
    EXPECT_EQ(connection.query_integer("SELECT count(*) FROM requests"), 1);
}

TEST_F(ConfigureTest, ChangesWhenTheLogIsCopied) {
    const auto client = new_client("a");
    const auto before = writer().figures().checkpoints;
    writer_options.checkpoint_at = 1 << 16;
    writer().configure(writer_options);
    for (const char* name : {"a", "b", "c"}) {
        save_files(new_client(name + std::string("-of-many")), 2'000);
    }
    succeeded(ask(save(client, "after the last checkpoint")));
    EXPECT_GT(writer().figures().checkpoints, before);
}

TEST_F(ConfigureTest, ChangesWhenTheIndexFollows) {
    const auto client = new_client("a");
    save_files(client, 20);
    save_files(client, 20);
    EXPECT_EQ(index_lags, 0);
    writer_options.index_backlog = 10;
    writer().configure(writer_options);
    save_files(client, 1);
    save_files(client, 1);
    EXPECT_EQ(index_lags, 1);
}

TEST_F(ConfigureTest, ChangesTheBoundsOfTheReadersMailboxAtOnce) {
    reader_options.count = 1;
    new_client("a");
    Hold hold;
    auto held = envelope(clients::Get{{}, "a"});
    held.reply = hold.reply();
    ASSERT_TRUE(readers().post(held));
    hold.wait_until_holding();
    reader_options.mailbox.messages = 2;
    readers().configure(reader_options);
    auto first = *post(clients::Get{{}, "a"});
    auto second = *post(clients::Get{{}, "a"});
    EXPECT_FALSE(post(clients::Get{{}, "a"}));
    hold.release();
    EXPECT_TRUE(first.get() && second.get());
}

TEST_F(ConfigureTest, ChangesTheAgeOfTheReadersConnections) {
    new_client("a");
    reader_options.max_age = std::chrono::seconds(1);
    readers().configure(reader_options);
    clock.pass(std::chrono::seconds(2));
    succeeded(ask(clients::Get{{}, "a"}));
    EXPECT_EQ(readers().figures().replaced_for_age, 1);
}

}  // namespace
}  // namespace catalogd::actors

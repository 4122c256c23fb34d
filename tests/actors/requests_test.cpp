// Exactly once: a write that comes again under its requestId.
#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

class RequestsTest : public ActorsFixture {
protected:
    static Request request(const std::string& id, std::uint8_t content = 1, std::int64_t user = 7) {
        return {user, id, {content}};
    }
    template <class Message>
    Awaited<Message> post_as(const Request& request, Message message) {
        auto mail = envelope(std::move(message));
        mail.request = request;
        return *post_mail<Message>(std::move(mail));
    }
    template <class Message>
    protocol::Result<typename Message::Reply> ask_as(const Request& request, Message message) {
        return post_as(request, std::move(message)).get();
    }
    std::int64_t kept() {
        stop();
        catalog::WriteConnection connection(database());
        return connection.query_integer("SELECT count(*) FROM requests");
    }
    bool is_known(const Request& request) {
        return ask_as(request, clients::Touch{{{9}}, {}, {}}).has_value();
    }
};

TEST_F(RequestsTest, GetsTheReplyThatItGotAndChangesNothing) {
    const auto client = new_client("a");
    const auto first = succeeded(ask_as(request("r"), save(client, "f")));
    EXPECT_TRUE(first.created);
    ask(files::Delete{client, "f", {}});
    const auto again = succeeded(ask_as(request("r"), save(client, "f")));
    EXPECT_TRUE(again.created);
    EXPECT_EQ(again.file.id, first.file.id);
    EXPECT_FALSE(has_file(client, "f")) << "it was not saved again";
}

TEST_F(RequestsTest, IsKnownAfterARestart) {
    const auto client = new_client("a");
    ask_as(request("r"), files::Delete{client, "none", {}});
    succeeded(ask_as(request("s"), save(client, "f")));
    reopen();
    ask(files::Delete{client, "f", {}});
    EXPECT_TRUE(ask_as(request("s"), save(client, "f")));
    EXPECT_FALSE(has_file(client, "f"));
}

TEST_F(RequestsTest, IsRefusedWhereAnotherOneHasItsId) {
    const auto client = new_client("a");
    succeeded(ask_as(request("r", 1), save(client, "f")));
    EXPECT_TRUE(ends_in<errors::RequestIdReused>(ask_as(request("r", 2), save(client, "g"))));
    EXPECT_FALSE(has_file(client, "g"));
}

TEST_F(RequestsTest, IsAnotherOneForAnotherUser) {
    const auto client = new_client("a");
    succeeded(ask_as(request("r", 1, 7), save(client, "f")));
    EXPECT_TRUE(ask_as(request("r", 2, 8), save(client, "g")));
    EXPECT_TRUE(has_file(client, "g"));
}

TEST_F(RequestsTest, IsNotKeptWhereItFailed) {
    const auto client = new_client("a");
    EXPECT_FALSE(ask_as(request("r"), files::Delete{client, "f", {}}));
    succeeded(ask(save(client, "f")));
    EXPECT_TRUE(ask_as(request("r"), files::Delete{client, "f", {}})) << "it may be repeated";
}

TEST_F(RequestsTest, IsAppliedOnceWithinOneBatch) {
    const auto client = new_client("a");
    succeeded(ask(save(client, "f")));
    Hold hold;
    hold_writer(hold, client);
    auto first = post_as(request("r"), files::Delete{client, "f", {}});
    auto again = post_as(request("r"), files::Delete{client, "f", {}});
    hold.release();
    EXPECT_TRUE(first.get());
    EXPECT_TRUE(again.get());
}

TEST_F(RequestsTest, MakesNoCommitWhereItOnlyRepeats) {
    const auto client = new_client("a");
    succeeded(ask_as(request("r"), save(client, "f")));
    const auto before = writer().figures().commits;
    succeeded(ask_as(request("r"), save(client, "f")));
    EXPECT_EQ(writer().figures().commits, before);
}

TEST_F(RequestsTest, IsForgottenAfterItsTimeWhateverTheClockSays) {
    writer_options.requests.milliseconds = 1'000;
    const auto client = new_client("a");
    succeeded(ask_as(request("r"), save(client, "f")));
    clock.jump_wall(std::chrono::hours(24 * 400));
    succeeded(ask_as(request("s"), save(client, "g")));
    clock.pass(std::chrono::milliseconds(999));
    EXPECT_TRUE(is_known(request("r")));
    clock.pass(std::chrono::milliseconds(1));
    succeeded(ask_as(request("t"), save(client, "h")));
    EXPECT_FALSE(is_known(request("r")));
    EXPECT_EQ(kept(), 1);
}

TEST_F(RequestsTest, CountsItsTimeAcrossRestarts) {
    writer_options.requests.milliseconds = 1'000;
    const auto client = new_client("a");
    succeeded(ask_as(request("r"), save(client, "f")));
    clock.pass(std::chrono::milliseconds(700));
    succeeded(ask(save(client, "x")));
    reopen();
    writer();
    clock.pass(std::chrono::milliseconds(400));
    succeeded(ask_as(request("s"), save(client, "g")));
    EXPECT_FALSE(is_known(request("r")));
}

TEST_F(RequestsTest, IsForgottenAfterSoManyOthers) {
    writer_options.requests.calls = 50;
    const auto client = new_client("a");
    for (int i = 0; i < 200; ++i) {
        succeeded(ask_as(request("r" + std::to_string(i)), save(client, "f" + std::to_string(i))));
    }
    EXPECT_TRUE(is_known(request("r199")));
    EXPECT_TRUE(is_known(request("r150")));
    EXPECT_FALSE(is_known(request("r149")));
    EXPECT_EQ(kept(), 50);
}

}  // namespace
}  // namespace catalogd::actors

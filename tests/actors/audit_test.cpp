// What the writer tells the audit log, and that it tells it in the commit of what it tells of.
#include "actors/audit.h"
#include "actors/cursor.h"
#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr catalog::audit::Caller caller{1000, 4711};

class AuditTest : public ActorsFixture {
protected:
    template <class Message>
    Awaited<Message> post_as_caller(Message message, std::optional<Request> request = {}) {
        auto mail = envelope(std::move(message));
        mail.caller = caller;
        mail.request = std::move(request);
        return *post_mail<Message>(std::move(mail));
    }
    template <class Message>
    auto tried(Message message, std::optional<Request> request = {}) {
        return post_as_caller(std::move(message), std::move(request)).get();
    }
    std::vector<admin::AuditEntry> entries() {
        auto entries = succeeded(ask(admin::ListAudit{})).entries;
        std::reverse(entries.begin(), entries.end());
        return entries;
    }
    // The oldest first: "Delete client X: ok".
    std::vector<std::string> log() {
        std::vector<std::string> lines;
        for (const admin::AuditEntry& entry : entries()) {
            lines.push_back(entry.method.substr(entry.method.rfind('.') + 1) + " " +
                            entry.subject.value_or("nothing") + ": " + entry.outcome);
        }
        return lines;
    }
    static std::string client_text(const protocol::Id& id) {
        return "client " + protocol::to_text(id);
    }
    static whole::Operation deletion(const protocol::Id& client, const std::string& name,
                                     std::optional<whole::OnError> on_error = {}) {
        return operation(files::Delete{client, name, {}}, on_error);
    }
    template <class Message>
    static whole::Operation operation(const Message& message,
                                      std::optional<whole::OnError> on_error = {}) {
        protocol::Object parameters{""};
        protocol::encode(parameters.json, message);
        return {std::string(Message::method), parameters, {}, on_error};
    }
    static whole::Transaction transaction(std::vector<whole::Operation> operations) {
        return {{std::move(operations)}, {}};
    }

    static constexpr auto go_on = whole::OnError::continue_;
    const protocol::Id unknown_{{9}};
};

TEST_F(AuditTest, TellsWhoDidWhatAndWhen) {
    const auto client = new_client("a");
    succeeded(tried(clients::Delete{client, {}}));
    const auto entry = entries().at(0);
    EXPECT_EQ(entry.uid, caller.user);
    EXPECT_EQ(entry.pid, caller.process);
    EXPECT_EQ(entry.at.milliseconds, clock.wall());
    EXPECT_EQ(entry.method, "io.catalogd.Clients.Delete");
    EXPECT_THAT(log(), ElementsAre("Delete " + client_text(client) + ": ok"));
}

TEST_F(AuditTest, TellsItInTheCommitOfTheChange) {
    const auto client = new_client("a");
    const auto before = writer().figures().commits;
    succeeded(tried(clients::Delete{client, {}}));
    EXPECT_EQ(writer().figures().commits, before + 1);
    EXPECT_THAT(log(), testing::SizeIs(1));
}

TEST_F(AuditTest, TellsWhatWasRefused) {
    ASSERT_FALSE(tried(clients::Delete{unknown_, {}}));
    ASSERT_FALSE(tried(files::Delete{unknown_, "f", {}}));
    EXPECT_THAT(log(), ElementsAre("Delete " + client_text(unknown_) + ": NotFound",
                                   "Delete " + client_text(unknown_) + ": UnknownClient"));
}

TEST_F(AuditTest, TellsOfRefusedAndDoneInOneBatch) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    auto refused = post_as_caller(clients::Delete{unknown_, {}});
    auto done = post_as_caller(clients::Delete{client, {}});
    hold.release();
    EXPECT_FALSE(refused.get());
    EXPECT_TRUE(done.get());
    EXPECT_THAT(log(), ElementsAre("Delete " + client_text(unknown_) + ": NotFound",
                                   "Delete " + client_text(client) + ": ok"));
}

TEST_F(AuditTest, NamesTheFileByItsIdentifier) {
    const auto client = new_client("a");
    const auto file = succeeded(ask(save(client, "secret plans"))).file;
    succeeded(tried(files::Delete{client, "secret plans", {}}));
    EXPECT_THAT(log(), ElementsAre("Delete " + client_text(client) + ", file " +
                                   protocol::to_text(file.id) + ": ok"));
}

TEST_F(AuditTest, NamesEveryClientAndCountsFiles) {
    const auto client = new_client("a");
    succeeded(tried(files::DeleteMany{client, {{"f", "g"}}, {}}));
    succeeded(tried(clients::DeleteMany{{{client, unknown_}}, {}}));
    EXPECT_THAT(log(), ElementsAre("DeleteMany " + client_text(client) + ", 2 files: ok",
                                   "DeleteMany " + client_text(client) + ": ok",
                                   "DeleteMany " + client_text(unknown_) + ": NotFound"));
}

TEST_F(AuditTest, NamesASettingUnlessNoneHasThatName) {
    using Setting = protocol::settings::SetSetting;
    const auto keep = [&](const std::string& name, protocol::Result<Setting::Reply> reply) {
        auto mail = envelope(clients::Touch{});
        mail.message = KeepSetting{name, "value", {}, std::move(reply)};
        std::promise<void> done;
        mail.reply = [&](const Outcome&) { done.set_value(); };
        ASSERT_TRUE(writer().post(mail));
        done.get_future().wait();
    };
    keep("log.level", Setting::Reply{});
    keep("log.level", protocol::Error(errors::SettingFixed{"log.level", "file", {}}));
    keep("my password", protocol::Error(errors::UnknownSetting{"my password"}));
    EXPECT_THAT(log(), ElementsAre("SetSetting log.level: ok", "SetSetting log.level: SettingFixed",
                                   "SetSetting nothing: UnknownSetting"));
}

TEST_F(AuditTest, NamesTheTimeThatATrimGoesUpTo) {
    succeeded(tried(protocol::metrics::Trim{*protocol::parse_time_or_day("2024-07-01"), {}}));
    EXPECT_THAT(log(), ElementsAre("Trim before 2024-07-01T00:00:00.000Z: ok"));
}

TEST_F(AuditTest, LeavesOutWhatDestroysNothing) {
    const auto client = new_client("a");
    succeeded(tried(save(client, "f")));
    ASSERT_FALSE(tried(save(unknown_, "f")));
    succeeded(tried(files::ConfirmRemovals{{{unknown_}}, {}}));
    succeeded(tried(transaction({operation(save(client, "g"))})));
    EXPECT_THAT(log(), IsEmpty());
}

TEST_F(AuditTest, LeavesOutARepeat) {
    const auto client = new_client("a");
    const Request request{7, "r", {1}};
    succeeded(tried(clients::Delete{client, {}}, request));
    succeeded(tried(clients::Delete{client, {}}, request));
    EXPECT_THAT(log(), testing::SizeIs(1));
}

TEST_F(AuditTest, LeavesOutWhatNeverBegan) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    auto mail = envelope(clients::Delete{client, {}}, std::chrono::seconds(1));
    auto late = post_mail<clients::Delete>(std::move(mail));
    clock.pass(std::chrono::seconds(2));
    hold.release();
    EXPECT_FALSE(late->get());
    EXPECT_THAT(log(), IsEmpty());
}

// --- transactions ------------------------------------------------------------------------------

TEST_F(AuditTest, TellsOfEachOperationOfATransaction) {
    const auto client = new_client("a");
    succeeded(tried(transaction(
        {operation(save(client, "f")), operation(files::DeleteMany{client, {{"f"}}, {}}),
         operation(clients::GetSessionKey{client}), operation(clients::Delete{client, {}})})));
    EXPECT_THAT(log(), ElementsAre("DeleteMany " + client_text(client) + ", 1 files: ok",
                                   "GetSessionKey " + client_text(client) + ": ok",
                                   "Delete " + client_text(client) + ": ok"));
    EXPECT_EQ(entries().at(0).uid, caller.user);
}

TEST_F(AuditTest, TellsThatATransactionTookBackWhatItHadDone) {
    const auto client = new_client("a");
    ASSERT_FALSE(tried(transaction(
        {operation(clients::Delete{client, {}}), operation(clients::Delete{unknown_, {}})})));
    EXPECT_TRUE(ask(clients::Get{client, {}}));
    EXPECT_THAT(log(), ElementsAre("Delete " + client_text(client) + ": TransactionFailed",
                                   "Delete " + client_text(unknown_) + ": NotFound"));
}

TEST_F(AuditTest, TellsOfWhatFailedAloneAndOfWhatWentOn) {
    const auto client = new_client("a");
    succeeded(tried(transaction({operation(clients::Delete{unknown_, {}}, go_on),
                                 operation(clients::Delete{client, {}}, go_on)})));
    EXPECT_THAT(log(), ElementsAre("Delete " + client_text(unknown_) + ": NotFound",
                                   "Delete " + client_text(client) + ": ok"));
}

TEST_F(AuditTest, TellsThatANestedTransactionTookBackWhatItHadDone) {
    const auto client = new_client("a");
    const auto inner = transaction(
        {operation(clients::Delete{client, {}}), operation(clients::Delete{unknown_, {}})});
    succeeded(
        tried(transaction({operation(inner, go_on), operation(clients::Delete{client, {}})})));
    EXPECT_THAT(log(), ElementsAre("Delete " + client_text(client) + ": TransactionFailed",
                                   "Delete " + client_text(unknown_) + ": NotFound",
                                   "Delete " + client_text(client) + ": ok"));
}

TEST_F(AuditTest, TellsThatAnExpectationTookADeletionBack) {
    const auto client = new_client("a");
    auto deletion = operation(clients::Delete{client, {}});
    deletion.expect = protocol::Object{R"({"deletedFiles":5})"};
    ASSERT_FALSE(tried(transaction({deletion})));
    EXPECT_THAT(log(), ElementsAre("Delete " + client_text(client) + ": ExpectationFailed"));
}

// --- the log itself ----------------------------------------------------------------------------

TEST_F(AuditTest, IsOneChainOfOneAfterTheOther) {
    const auto client = new_client("a");
    for (int i = 0; i < 20; ++i) {
        tried(files::Delete{client, "f", {}});
    }
    stop();
    catalog::WriteConnection connection(database());
    catalog::audit::Verification verification(connection);
    EXPECT_FALSE(verification.go_on(1000));
    EXPECT_EQ(verification.broken(), std::nullopt);
    EXPECT_EQ(verification.entries(), 20);
}

TEST_F(AuditTest, ForgetsWhatIsOlderAsNewEntriesCome) {
    writer_options.audit = std::chrono::hours(24);
    tried(files::Delete{unknown_, "old", {}});
    clock.jump_wall(std::chrono::hours(12));
    tried(files::Delete{unknown_, "f", {}});
    clock.jump_wall(std::chrono::hours(12));
    tried(files::Delete{unknown_, "f", {}});
    const auto left = entries();
    EXPECT_EQ(left.size(), 2U);
    EXPECT_EQ(left.at(0).sequence, 2);
}

TEST_F(AuditTest, IsListedPageByPage) {
    for (int i = 0; i < 5; ++i) {
        tried(files::Delete{unknown_, "f", {}});
    }
    std::vector<std::int64_t> sequences;
    admin::ListAudit list{{}, protocol::Limit{2}};
    for (bool more = true; more;) {
        const auto page = succeeded(ask(list));
        for (const auto& entry : page.entries) {
            sequences.push_back(entry.sequence);
        }
        list.after = page.next;
        more = page.next.has_value();
    }
    EXPECT_THAT(sequences, ElementsAre(5, 4, 3, 2, 1));
}

TEST_F(AuditTest, RefusesCursorsOfOtherLists) {
    EXPECT_TRUE(ends_in<errors::InvalidValue>(ask(admin::ListAudit{"nonsense", {}})));
    EXPECT_TRUE(ends_in<errors::InvalidValue>(ask(admin::ListAudit{to_cursor(catalog::Id{}), {}})));
    EXPECT_TRUE(ends_in<errors::InvalidValue>(ask(files::List{{}, audit_cursor(5), {}})));
}

TEST_F(AuditTest, TakesNoPartInWhatSavesCommit) {
    const auto client = new_client("a");
    succeeded(tried(save(client, "f")));
    stop();
    catalog::WriteConnection connection(database());
    EXPECT_EQ(catalog::audit::last_link(connection), catalog::audit::Link{});
}

}  // namespace
}  // namespace catalogd::actors

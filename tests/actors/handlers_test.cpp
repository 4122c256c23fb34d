// What each message does, as its sender sees it.
#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

using testing::ElementsAre;
using HandlersTest = ActorsFixture;

template <class Message>
std::vector<std::string> names_of_all_pages(
    const std::function<typename Message::Reply(Message)>& ask, Message message) {
    std::vector<std::string> names;
    do {
        const auto reply = ask(message);
        if constexpr (requires { reply.files; }) {
            for (const auto& file : reply.files) {
                names.push_back(file.name);
            }
        } else {
            for (const auto& client : reply.clients) {
                names.push_back(client.name);
            }
        }
        message.after = reply.next;
    } while (message.after);
    return names;
}

TEST_F(HandlersTest, SavingAClientAgainTouchesNoneOfItsFiles) {
    const auto client = new_client("a");
    save_files(client, 20);
    const auto saved = ask(clients::Save{client, {"renamed"}, {}, {}, {}});
    ASSERT_TRUE(saved);
    EXPECT_FALSE(saved->created);
    EXPECT_EQ(saved->client.files, 20);
    EXPECT_EQ(saved->client.name, "renamed");
}

TEST_F(HandlersTest, ATakenNameNamesItsHolder) {
    const auto holder = new_client("a");
    const auto outcome = ask(clients::Save{protocol::Id{{5}}, {"a"}, {}, {}, {}});
    ASSERT_TRUE(ends_in<errors::NameTaken>(outcome));
    EXPECT_EQ(std::get<errors::NameTaken>(outcome.error()).id, holder);
    EXPECT_TRUE(ends_in<errors::ClientNotFound>(ask(clients::Get{protocol::Id{{5}}, {}})));
}

TEST_F(HandlersTest, GivesASessionKeyBackToNobodyButItsClient) {
    const protocol::SessionKey key{std::string(32, 'k')};
    const auto id = ask(clients::Save{{}, {"a"}, {}, key, {}})->client.id;
    EXPECT_EQ(ask(clients::GetSessionKey{id})->session_key->value, key.value);
    const auto other = new_client("b");
    EXPECT_FALSE(ask(clients::GetSessionKey{other})->session_key);
    EXPECT_TRUE(ends_in<errors::ClientNotFound>(ask(clients::GetSessionKey{protocol::Id{{1}}})));
}

TEST_F(HandlersTest, UpdateClearsWhatItNamesAndIsNoSignOfLife) {
    const protocol::SessionKey key{std::string(32, 'k')};
    const auto client = ask(clients::Save{{}, {"a"}, {}, key, {}})->client;
    clock.jump_wall(std::chrono::hours(1));
    const auto updated =
        ask(clients::Update{client.id, {}, {}, std::vector<std::string>{"sessionKey"}, {}});
    ASSERT_TRUE(updated);
    EXPECT_FALSE(updated->client.has_session_key);
    EXPECT_EQ(updated->client.last_seen, client.last_seen);
}

TEST_F(HandlersTest, UpdateRefusesToClearWhatItDoesNotKnow) {
    const auto client = new_client("a");
    EXPECT_TRUE(ends_in<errors::InvalidValue>(
        ask(clients::Update{client, {}, {}, std::vector<std::string>{"name"}, {}})));
}

TEST_F(HandlersTest, TouchNeverGoesBack) {
    const auto client = new_client("a");
    const auto seen = ask(clients::Get{client, {}})->client.last_seen;
    ASSERT_TRUE(ask(clients::Touch{client, protocol::Time{1}, {}}));
    EXPECT_EQ(ask(clients::Get{client, {}})->client.last_seen, seen);
    ASSERT_TRUE(ask(clients::Touch{client, protocol::Time{seen.milliseconds + 1}, {}}));
    EXPECT_GT(ask(clients::Get{client, {}})->client.last_seen, seen);
}

TEST_F(HandlersTest, DeletesSayWhatTheyDeleted) {
    const auto one = new_client("one");
    const auto two = new_client("two");
    save_files(one, 3);
    save_files(two, 4);
    EXPECT_EQ(ask(clients::Delete{one, {}})->deleted_files, 3);
    const auto many = ask(clients::DeleteMany{{{one, two}}, {}});
    EXPECT_EQ(many->deleted_clients, 1);
    EXPECT_EQ(many->deleted_files, 4);
    EXPECT_THAT(many->missing, ElementsAre(one));
    EXPECT_TRUE(ends_in<errors::ClientNotFound>(ask(clients::Delete{one, {}})));
}

TEST_F(HandlersTest, ImportSkipsWhatExistsAndNamesIt) {
    new_client("there");
    clients::Import message;
    for (const char* name : {"new", "there", "new"}) {
        message.clients.value.push_back({{}, {name}, {}, {}, {}});
    }
    const auto reply = ask(message);
    EXPECT_EQ(reply->inserted, 1);
    EXPECT_EQ(reply->attempted, 3);
    EXPECT_THAT(reply->skipped_names, ElementsAre("there", "new"));
}

TEST_F(HandlersTest, SavingAFileAgainKeepsWhatWasLeftOut) {
    const auto client = new_client("a");
    auto first = save(client, "f");
    first.file.crc = protocol::Crc{77};
    first.file.verified = true;
    const auto created = ask(first);
    EXPECT_TRUE(created->created);
    files::Save again{client, {}, {}};
    again.file.name.value = "f";
    again.file.path.value = "/elsewhere";
    const auto saved = ask(again);
    EXPECT_FALSE(saved->created);
    EXPECT_EQ(saved->file.id, created->file.id);
    EXPECT_EQ(saved->file.crc, 77);
    EXPECT_EQ(saved->file.size, 1);
    EXPECT_FALSE(saved->file.verified);
    EXPECT_EQ(saved->file.path, "/elsewhere");
}

TEST_F(HandlersTest, VerifyingKeepsTheCrcThatIsNotGiven) {
    const auto client = new_client("a");
    auto message = save(client, "f");
    message.file.crc = protocol::Crc{77};
    ask(message);
    const auto verified = ask(files::SetVerified{client, "f", true, {}, {}});
    EXPECT_TRUE(verified->file.verified);
    EXPECT_EQ(verified->file.crc, 77);
    EXPECT_EQ(ask(clients::Get{client, {}})->client.verified_files, 1);
}

TEST_F(HandlersTest, EveryMethodSaysThatAClientIsUnknown) {
    const protocol::Id nobody{{8}};
    EXPECT_TRUE(ends_in<errors::UnknownClient>(ask(save(nobody, "f"))));
    EXPECT_TRUE(ends_in<errors::UnknownClient>(ask(files::SaveMany{nobody, {}, {}})));
    EXPECT_TRUE(ends_in<errors::UnknownClient>(ask(files::Get{{}, nobody, "f"})));
    EXPECT_TRUE(ends_in<errors::UnknownClient>(ask(files::SetVerified{nobody, "f", true, {}, {}})));
    EXPECT_TRUE(ends_in<errors::UnknownClient>(ask(files::Delete{nobody, "f", {}})));
    EXPECT_TRUE(ends_in<errors::UnknownClient>(ask(files::DeleteMany{nobody, {}, {}})));
    EXPECT_TRUE(ends_in<errors::UnknownClient>(ask(files::List{nobody, {}, {}})));
}

TEST_F(HandlersTest, GetWantsExactlyOneWayToFind) {
    const auto client = new_client("a");
    EXPECT_TRUE(ends_in<errors::InvalidValue>(ask(clients::Get{})));
    EXPECT_TRUE(ends_in<errors::InvalidValue>(ask(clients::Get{client, "a"})));
    EXPECT_TRUE(ends_in<errors::InvalidValue>(ask(files::Get{})));
    EXPECT_TRUE(ends_in<errors::InvalidValue>(ask(files::Get{{}, client, {}})));
    EXPECT_TRUE(ends_in<errors::InvalidValue>(ask(files::Get{protocol::Id{}, client, "f"})));
}

TEST_F(HandlersTest, PagesOfFilesMakeTheWholeList) {
    for (const char* name : {"a", "b"}) {
        save_files(new_client(name), 25);
    }
    const auto whole = ask(files::List{{}, {}, protocol::Limit{1000}});
    ASSERT_EQ(whole->files.size(), 50U);
    EXPECT_FALSE(whole->next);
    const std::function<files::List::Reply(files::List)> page = [&](files::List message) {
        return succeeded(ask(std::move(message)));
    };
    EXPECT_EQ(names_of_all_pages(page, files::List{{}, {}, protocol::Limit{7}}),
              names_of_all_pages(page, files::List{{}, {}, protocol::Limit{1000}}));
}

TEST_F(HandlersTest, PagesOfClientsMakeTheWholeListInEveryOrder) {
    for (int i = 0; i < 12; ++i) {
        save_files(new_client("c" + std::to_string(i)), i % 3);
    }
    const std::function<clients::List::Reply(clients::List)> page = [&](clients::List message) {
        return succeeded(ask(std::move(message)));
    };
    for (int order = 0; order < 5; ++order) {
        clients::List message;
        message.order = static_cast<clients::Order>(order);
        const auto whole = names_of_all_pages(page, message);
        message.limit = protocol::Limit{1};
        EXPECT_EQ(names_of_all_pages(page, message), whole) << order;
        EXPECT_EQ(whole.size(), 12U);
    }
}

TEST_F(HandlersTest, ACursorOfAnotherListIsRefused) {
    save_files(new_client("a"), 3);
    new_client("b");
    const auto files_cursor = ask(files::List{{}, {}, protocol::Limit{1}})->next;
    clients::List message;
    for (const auto& cursor :
         {files_cursor, std::optional<std::string>("nonsense"), std::optional<std::string>("")}) {
        message.after = cursor;
        EXPECT_TRUE(ends_in<errors::InvalidValue>(ask(message)));
    }
    message.after.reset();
    message.limit = protocol::Limit{1};
    message.after = ask(message)->next;
    message.order = clients::Order::newest;
    EXPECT_TRUE(ends_in<errors::InvalidValue>(ask(message))) << "of another order";
}

TEST_F(HandlersTest, TotalsAndTextsAreCountedInAnyCase) {
    for (const char* name : {"ÄRGER", "ärger 2", "Anderes", "100%"}) {
        new_client(name);
    }
    clients::List message;
    message.text = "Ärger";
    message.count_total = true;
    EXPECT_EQ(ask(message)->total, 2);
    message.text = "%";
    EXPECT_EQ(ask(message)->clients.size(), 1U);
}

TEST_F(HandlersTest, AnExtensionIsTheLowerCasedEndOfTheName) {
    const auto client = new_client("a");
    EXPECT_EQ(ask(save(client, "dir.d/Photo.JPG"))->file.extension, "jpg");
    EXPECT_FALSE(ask(save(client, "dir.d/README"))->file.extension);
    EXPECT_FALSE(ask(save(client, "ends."))->file.extension);
}

}  // namespace
}  // namespace catalogd::actors

#include "protocol/clients.h"

#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
namespace clients = protocol::clients;
namespace errors = protocol::errors;

class ClientsTest : public CommandTest {
protected:
    void expect_deleted(bool deleted) {
        const std::string method(clients::Delete::method);
        EXPECT_EQ(testing::Value(daemon_.calls(), testing::Contains(HasSubstr(method))), deleted);
    }
    void may_delete() {
        know_laptop();
        daemon_.on<clients::Delete>({12345});
    }
};

TEST_F(ClientsTest, AreListedAsATable) {
    daemon_.on<clients::List>({{laptop()}, {}, {}});
    EXPECT_EQ(run({"clients", "list"}), ExitCode::ok);
    EXPECT_EQ(out_.str(),
              "NAME    FILES  VERIFIED     SIZE  LAST SEEN             ID\n"
              "laptop  12345         7  1572864  2025-01-10 12:00:00Z  " +
                  std::string(laptop_id) + "\n");
}

TEST_F(ClientsTest, AreOneObjectPerLineForAProgram) {
    daemon_.on(std::string(clients::List::method), [](const auto&, int) {
        return std::string("{\"parameters\":{\"clients\":[{\"id\":\"") + std::string(laptop_id) +
               "\",\"name\":\"a\",\"lastSeen\":\"2025-01-10T12:00:00Z\",\"hasSessionKey\":true," +
               "\"files\":0,\"verifiedFiles\":0,\"bytes\":0}]}}" + '\0';
    });
    EXPECT_EQ(run({"clients", "list", "--json"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), AllOf(HasSubstr("{\"id\":\""), HasSubstr("\"lastSeen\":"),
                                  testing::EndsWith("\"bytes\":0}\n")));
}

TEST_F(ClientsTest, AreSelectedAndOrderedByTheDaemon) {
    daemon_.on<clients::List>({});
    EXPECT_EQ(run({"clients", "list", "--text", "lap", "--order", "most-bytes"}), ExitCode::ok);
    EXPECT_THAT(daemon_.calls(),
                ElementsAre(HasSubstr(R"({"text":"lap","order":"mostBytes"} more)")));
}

TEST_F(ClientsTest, AreFoundByName) {
    know_laptop();
    EXPECT_EQ(run({"clients", "show", "laptop"}), ExitCode::ok);
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr(R"({"name":"laptop"})")));
    EXPECT_THAT(out_.str(), HasSubstr("Files        12,345 (7 verified)\n"));
}

TEST_F(ClientsTest, AreFoundByIdAndByANameThatLooksLikeOne) {
    daemon_.on(std::string(clients::Get::method), [](const auto&, int nth) {
        return nth == 1 ? error_frame(errors::ClientNotFound{})
                        : reply_frame(clients::Get::Reply{});
    });
    EXPECT_EQ(run({"clients", "show", std::string(laptop_id)}), ExitCode::ok);
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr("{\"id\":"), HasSubstr("{\"name\":")));
}

TEST_F(ClientsTest, ThatAreUnknownHaveTheirExitCode) {
    daemon_.on_error<clients::Get>(errors::ClientNotFound{{}, "x"});
    EXPECT_EQ(run({"clients", "show", "x"}), ExitCode::not_found);
    EXPECT_EQ(err_.str(), "catalogctl: client 'x' is unknown\n");
}

TEST_F(ClientsTest, AreAddedWithARequestId) {
    daemon_.on<clients::Save>({laptop(), true});
    EXPECT_EQ(run({"clients", "add", "laptop"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "Added client 'laptop', id " + std::string(laptop_id) + "\n");
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr(R"({"name":"laptop","requestId":")")));
}

TEST_F(ClientsTest, TakeTheirPublicKeyFromAFile) {
    const std::string key(160, 'k');
    TempTree folder;
    folder.write("raw", key);
    folder.write("text", protocol::to_base64(key) + "\n");
    daemon_.on<clients::Save>({laptop(), true});
    EXPECT_EQ(run({"clients", "add", "a", "--public-key", folder.path("raw")}), ExitCode::ok);
    EXPECT_EQ(run({"clients", "add", "a", "--public-key", folder.path("text")}), ExitCode::ok);
    EXPECT_THAT(daemon_.calls(), testing::Each(HasSubstr(protocol::to_base64(key))));
}

TEST_F(ClientsTest, ThatCannotBeAddedAskNothingOfTheDaemon) {
    TempTree folder;
    folder.write("short", "k");
    EXPECT_EQ(run({"clients", "add", "a", "--public-key", folder.path("short")}), ExitCode::usage);
    EXPECT_EQ(run({"clients", "add", "a", "--public-key", folder.path("none")}), ExitCode::usage);
    EXPECT_EQ(run({"clients", "add", "a", "--id", "7"}), ExitCode::usage);
    EXPECT_TRUE(daemon_.calls().empty());
}

TEST_F(ClientsTest, AreNotDeletedUnasked) {
    may_delete();
    EXPECT_EQ(run({"clients", "delete", "laptop"}), ExitCode::usage);
    EXPECT_THAT(err_.str(), HasSubstr("--yes"));
    expect_deleted(false);
}

TEST_F(ClientsTest, AreDeletedWithYes) {
    may_delete();
    EXPECT_EQ(run({"clients", "delete", "laptop", "--yes"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "Deleted client 'laptop' and its 12,345 file records\n");
    expect_deleted(true);
}

TEST_F(ClientsTest, AreDeletedWhenTheAnswerIsYes) {
    may_delete();
    terminal_.in = true;
    in_.str("y\n");
    EXPECT_EQ(run({"clients", "delete", "laptop"}), ExitCode::ok);
    EXPECT_THAT(err_.str(), HasSubstr("Delete client 'laptop' and its 12,345 file records? [y/N]"));
    expect_deleted(true);
}

TEST_F(ClientsTest, AreKeptWhenTheAnswerIsAnythingElse) {
    may_delete();
    terminal_.in = true;
    for (const char* answer : {"", "\n", "n\n", "maybe\n"}) {
        in_.clear();
        in_.str(answer);
        EXPECT_EQ(run({"clients", "delete", "laptop"}), ExitCode::failed);
    }
    expect_deleted(false);
}

TEST_F(ClientsTest, NamesNeverReachTheTerminalRaw) {
    clients::Client hostile = laptop();
    hostile.name = "a\033]0;b\007";
    daemon_.on<clients::Get>({hostile});
    daemon_.on<clients::List>({{hostile}, {}, {}});
    run({"clients", "show", "a"});
    run({"clients", "list"});
    run({"clients", "list", "--json"});
    EXPECT_THAT(out_.str(), Not(HasSubstr("\033")));
}

}  // namespace
}  // namespace catalogd::cli

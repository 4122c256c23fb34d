#include "protocol/files.h"

#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace errors = protocol::errors;
namespace files = protocol::files;

class FilesTest : public CommandTest {
protected:
    void hold(const std::vector<std::string>& names) {
        know_laptop();
        files::List::Reply page;
        for (const std::string& name : names) {
            page.files.push_back(record(name));
        }
        daemon_.on(std::string(files::List::method), [page](const auto&, int) {
            return reply_frame(page, true) + reply_frame(page);
        });
    }
};

TEST_F(FilesTest, OfOneClientAreListed) {
    hold({"a"});
    EXPECT_EQ(run({"files", "list", "--client", "laptop"}), ExitCode::ok);
    EXPECT_EQ(out_.str(),
              "SIZE  MODIFIED              CRC       VERIFIED  NAME\n"
              "2048  2025-01-10 12:00:00Z  cbf43926  no        a\n"
              "2048  2025-01-10 12:00:00Z  cbf43926  no        a\n");
    EXPECT_THAT(daemon_.calls().back(), HasSubstr("{\"clientId\":\"" + std::string(laptop_id)));
}

TEST_F(FilesTest, OfAllClientsNameTheirClient) {
    hold({"a"});
    EXPECT_EQ(run({"files", "list"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("VERIFIED  CLIENT  NAME\n"));
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr("List {\"limit\":1000} more")));
}

TEST_F(FilesTest, WithoutFiguresHaveDashes) {
    files::File bare;
    bare.name = "bare";
    daemon_.on<files::List>({{bare}, {}});
    EXPECT_EQ(run({"files", "list", "--no-legend"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "-  -  -  no    bare\n");
}

TEST_F(FilesTest, AreListedUpToALimit) {
    hold({"a", "b"});
    EXPECT_EQ(run({"files", "list", "--limit", "3", "--no-legend"}), ExitCode::ok);
    EXPECT_EQ(lines(), 3);
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr("{\"limit\":3}")));
}

TEST_F(FilesTest, AreOneObjectPerLineForAProgram) {
    hold({"a", "b"});
    EXPECT_EQ(run({"files", "list", "--limit", "3", "--json"}), ExitCode::ok);
    EXPECT_EQ(lines(), 3);
    EXPECT_THAT(out_.str(), HasSubstr("\"clientName\":\"laptop\",\"name\":\"b\""));
}

TEST_F(FilesTest, AreShown) {
    know_laptop();
    daemon_.on<files::Get>({record("etc/hosts")});
    EXPECT_EQ(run({"files", "show", "--client", "laptop", "etc/hosts"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("Path      /srv/etc/hosts\n"));
    EXPECT_THAT(out_.str(), HasSubstr("Size      2.0 KiB (2,048 bytes)\n"));
}

TEST_F(FilesTest, ThatAreUnknownHaveTheirExitCode) {
    know_laptop();
    daemon_.on_error<files::Get>(errors::FileNotFound{{}, {}, "x"});
    EXPECT_EQ(run({"files", "show", "--client", "laptop", "x"}), ExitCode::not_found);
    EXPECT_EQ(err_.str(), "catalogctl: file 'x' is unknown\n");
}

TEST_F(FilesTest, AreDeletedWithYesAlone) {
    know_laptop();
    daemon_.on<files::Delete>({record("a")});
    EXPECT_EQ(run({"files", "delete", "--client", "laptop", "a"}), ExitCode::usage);
    EXPECT_EQ(run({"files", "delete", "--client", "laptop", "a", "--yes"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "Deleted the record of 'a' of client 'laptop'\n");
    EXPECT_THAT(daemon_.calls().back(), HasSubstr(R"("name":"a","requestId":")"));
}

TEST_F(FilesTest, ABusyDaemonHasItsExitCode) {
    daemon_.on_error<files::List>(errors::Busy{250});
    EXPECT_EQ(run({"files", "list"}), ExitCode::again);
    EXPECT_THAT(err_.str(), HasSubstr("try again in 250 ms"));
}

}  // namespace
}  // namespace catalogd::cli

// catalogctl import: what it asks of the daemon, and how it tells the report.
#include "cli/import.h"

#include <filesystem>

#include "cli/progress_bar.h"
#include "protocol/admin.h"
#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace admin = protocol::admin;

constexpr auto report =
    R"({"schema":"base","dryRun":false,"tables":[)"
    R"({"table":"clients","read":3,"imported":2,"merged":0,"present":0,)"
    R"("setAside":[{"reason":"its identifier is not 16 bytes","count":1}],)"
    R"("valuesSetAside":[{"reason":"a time that cannot be read","count":2}]},)"
    R"({"table":"files","read":9,"imported":4,"merged":5,"present":0,"setAside":[],)"
    R"("valuesSetAside":[]}],"sideReport":"/var/aside.jsonl"})";

class ImportCommand : public CommandTest {
protected:
    void answer(const std::string& text) {
        daemon_.on<admin::ImportDatabase>({protocol::Object{text}, {}});
    }
};

TEST_F(ImportCommand, NamesTheFileByItsWholePath) {
    answer(report);
    EXPECT_EQ(run({"import", "a/../old.db", "--dry-run"}), ExitCode::ok);
    const std::string here = std::filesystem::current_path().string();
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr("ImportDatabase {\"path\":\"" + here +
                                                       "/old.db\",\"dryRun\":true} more")));
}

TEST_F(ImportCommand, PrintsWhatBecameOfEachTableAndWhy) {
    answer(report);
    EXPECT_EQ(run({"import", "/old.db"}), ExitCode::ok);
    EXPECT_EQ(out_.str(),
              "TABLE    READ  IMPORTED  MERGED  PRESENT  SET ASIDE\n"
              "clients     3         2       0        0          1\n"
              "files       9         4       5        0          0\n"
              "\n"
              "TABLE    COUNT  SET ASIDE  BECAUSE\n"
              "clients      1  row        its identifier is not 16 bytes\n"
              "clients      2  value      a time that cannot be read\n"
              "\n"
              "Read as the schema 'base'.\n"
              "What was set aside is kept in /var/aside.jsonl\n");
}

TEST_F(ImportCommand, SaysThatADryRunWroteNothing) {
    answer(R"({"schema":"base","dryRun":true,"tables":[]})");
    EXPECT_EQ(run({"import", "/old.db", "--dry-run"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("Nothing was written"));
}

TEST_F(ImportCommand, IsOneObjectForAProgram) {
    answer(report);
    EXPECT_EQ(run({"import", "/old.db", "--json"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), std::string(report) + '\n');
}

TEST_F(ImportCommand, TellsWhatIsWrongWithTheFile) {
    daemon_.on_error<admin::ImportDatabase>(
        protocol::errors::NotImportable{"the file is damaged: row 1"});
    EXPECT_EQ(run({"import", "/old.db"}), ExitCode::failed);
    EXPECT_THAT(err_.str(), HasSubstr("the file is damaged: row 1"));
}

TEST_F(ImportCommand, DrawsItsProgressOnATerminalAlone) {
    answer(report);
    EXPECT_EQ(run({"import", "/old.db"}), ExitCode::ok);
    EXPECT_EQ(err_.str(), "");
    terminal_.err = true;
    EXPECT_EQ(run({"import", "/old.db"}), ExitCode::ok);
    EXPECT_THAT(err_.str(), HasSubstr("100%  imported"));
}

TEST(ProgressBarLine, FitsIntoItsColumns) {
    EXPECT_EQ(progress_bar("x", 0.5, 30), "[##########..........]  50%  x");
    EXPECT_EQ(progress_bar("x", -1, 30), "[....................]   0%  x");
    EXPECT_EQ(progress_bar("x", 7, 30), "[####################] 100%  x");
    EXPECT_EQ(progress_bar("x", 0.5, 5), " 50% ");
}

}  // namespace
}  // namespace catalogd::cli

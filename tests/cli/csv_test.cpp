// Lists as CSV: what a program reads back, and what a spreadsheet makes of it.
#include "cli/csv.h"

#include "protocol/metrics.h"
#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
namespace clients = protocol::clients;
namespace files = protocol::files;
namespace metrics = protocol::metrics;

TEST(CsvText, IsQuotedWhereItWouldEndItsCell) {
    EXPECT_EQ(csv_text("plain text"), "plain text");
    EXPECT_EQ(csv_text("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_text("say \"a\""), "\"say \"\"a\"\"\"");
    EXPECT_EQ(csv_text("a\r\nb"), "\"a\r\nb\"");
    EXPECT_EQ(csv_text(""), "");
}

TEST(CsvText, IsNeverAFormula) {
    for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"}) {
        EXPECT_EQ(csv_text(formula), std::string("'") + formula);
    }
    EXPECT_EQ(csv_text("\r=1"), "\"'\r=1\"");
    EXPECT_EQ(csv_text("=A1,\"x\""), "\"'=A1,\"\"x\"\"\"");
    EXPECT_EQ(csv_text("a=1"), "a=1");
}

class CsvTest : public CommandTest {
protected:
    void hold(const std::vector<files::File>& records) {
        daemon_.on(std::string(files::List::method), [records](const auto&, int) {
            return reply_frame(files::List::Reply{records, {}}, true) +
                   reply_frame(files::List::Reply{records, {}});
        });
    }
    std::string csv(std::vector<std::string> command) {
        command.emplace_back("--csv");
        EXPECT_EQ(run(command), ExitCode::ok) << err_.str();
        return out_.str();
    }
};

constexpr std::string_view file_header =
    "id,clientId,clientName,name,path,verified,size,modified,crc,extension,mimeType,category,"
    "attributes\r\n";

TEST_F(CsvTest, HasEveryMemberOfARecordUnderItsNameInTheInterface) {
    files::File file = record("a.txt");
    file.attributes.emplace()["owner"] = "x";
    hold({file});
    const std::string row =
        "00000000000000000000000000000000," + std::string(laptop_id) +
        ",laptop,a.txt,/srv/a.txt,false,2048,2025-01-10T12:00:00.000Z,3421780262,,,,"
        "\"{\"\"owner\"\":\"\"x\"\"}\"\r\n";
    EXPECT_EQ(csv({"files", "list"}), std::string(file_header) + row + row);
}

TEST_F(CsvTest, LeavesTheCellsOfAbsentMembersEmpty) {
    files::File bare;
    bare.name = "bare";
    hold({bare});
    EXPECT_THAT(csv({"files", "list"}), HasSubstr(",,bare,,false,,,,,,,\r\n"));
}

TEST_F(CsvTest, OfAnEmptyListIsItsHeader) {
    daemon_.on<files::List>({});
    EXPECT_EQ(csv({"files", "list"}), file_header);
}

TEST_F(CsvTest, HasNoHeaderWhereNoneIsWanted) {
    daemon_.on<metrics::ListNames>({{"load"}});
    EXPECT_EQ(csv({"metrics", "names", "--no-legend"}), "load\r\n");
}

TEST_F(CsvTest, KeepsNumbersAsNumbersAndNamesFromBeingFormulas) {
    daemon_.on<metrics::History>({{{{0}, -2.5}}});
    daemon_.on<metrics::ListNames>({{"-load", "=cmd|'/c calc'!A1"}});
    EXPECT_EQ(csv({"metrics", "history", "load"}), "at,value\r\n1970-01-01T00:00:00.000Z,-2.5\r\n");
    EXPECT_THAT(csv({"metrics", "names"}), HasSubstr("name\r\n'-load\r\n'=cmd|'/c calc'!A1\r\n"));
}

TEST_F(CsvTest, EndsWhereTheListDoes) {
    hold({record("a"), record("b")});
    csv({"files", "list", "--limit", "3"});
    EXPECT_EQ(lines(), 4);
}

TEST_F(CsvTest, IsPrintedAsThePagesCome) {
    daemon_.on(std::string(files::List::method), [](const auto&, int) {
        return reply_frame(files::List::Reply{{record("first")}, {}}, true) +
               error_frame(protocol::errors::Busy{1});
    });
    EXPECT_EQ(run({"files", "list", "--csv"}), ExitCode::again);
    EXPECT_THAT(out_.str(), HasSubstr("first"));
}

TEST_F(CsvTest, NeverReachesATerminalRaw) {
    clients::Client hostile = laptop();
    hostile.name = "a\033]0;b\007";
    daemon_.on<clients::List>({{hostile}, {}, {}});
    terminal_.out = true;
    EXPECT_THAT(csv({"clients", "list"}), HasSubstr("a\\x1b]0;b\\x07"));
}

TEST_F(CsvTest, IsNeverMixedWithJson) {
    EXPECT_EQ(run({"files", "list", "--csv", "--json"}), ExitCode::usage);
    EXPECT_EQ(run({"--json", "clients", "list", "--csv"}), ExitCode::usage);
    EXPECT_EQ(out_.str(), "");
    EXPECT_THAT(err_.str(), HasSubstr("--json excludes --csv"));
}

TEST_F(CsvTest, IsForListsAlone) {
    EXPECT_EQ(run({"clients", "show", "laptop", "--csv"}), ExitCode::usage);
    EXPECT_TRUE(daemon_.calls().empty());
}

}  // namespace
}  // namespace catalogd::cli

#include "tests/cli/command_fixture.h"

#include "cli/row_table.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace admin = protocol::admin;
namespace errors = protocol::errors;

admin::Cell integer(std::int64_t value) {
    admin::Cell cell;
    cell.int_ = value;
    return cell;
}
admin::Cell text(const std::string& value) {
    admin::Cell cell;
    cell.text = value;
    return cell;
}
admin::Cell bytes(const std::string& value) {
    admin::Cell cell;
    cell.bytes = protocol::Base64{value};
    return cell;
}

class ConsoleCommands : public CommandTest {
protected:
    void know_rows(bool truncated = false) {
        const std::vector<admin::Row> rows{{{text("a"), integer(7), bytes({'\0', '\xFF'})}},
                                           {{text("b\nc"), {}, {}}}};
        daemon_.on<admin::Query>({{"Name", "n", "Key"}, rows, truncated});
        daemon_.on<admin::GetTableRows>({{"Name", "n", "Key"}, rows, {}});
    }
};

TEST_F(ConsoleCommands, ListTables) {
    daemon_.on<admin::ListTables>({{"clients", "files"}});
    EXPECT_EQ(run({"tables", "list"}), ExitCode::ok);
    EXPECT_EQ(run({"tables", "list", "--json"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "TABLE\nclients\nfiles\n\"clients\"\n\"files\"\n");
}

TEST_F(ConsoleCommands, ShowColumns) {
    daemon_.on<admin::GetTableSchema>(
        {{{"ID", "TEXT", true, {}, true}, {"Verified", "INTEGER", false, "0", false}}});
    EXPECT_EQ(run({"tables", "schema", "files"}), ExitCode::ok);
    EXPECT_EQ(out_.str(),
              "COLUMN    TYPE     NULL  DEFAULT  KEY\n"
              "ID        TEXT     no    -        yes\n"
              "Verified  INTEGER  yes   0        -\n");
}

TEST_F(ConsoleCommands, ShowRowsAsATable) {
    know_rows();
    EXPECT_EQ(run({"tables", "rows", "clients"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "Name    n  Key\na       7  00ff\nb\\x0ac  -  -\n");
    EXPECT_THAT(daemon_.calls(),
                ElementsAre(HasSubstr(R"({"table":"clients","limit":1000} more)")));
}

TEST_F(ConsoleCommands, ShowRowsAsObjectsByColumn) {
    know_rows();
    EXPECT_EQ(run({"tables", "rows", "clients", "--limit", "1", "--json"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "{\"Name\":\"a\",\"n\":7,\"Key\":\"AP8=\"}\n");
}

TEST_F(ConsoleCommands, ShowRowsAsCsv) {
    admin::Cell formula = text("=1+1");
    daemon_.on<admin::Query>({{"=Name", "n", "Key"},
                              {{{formula, integer(-7), {}}}, {{text("a,b"), {}, bytes("k")}}},
                              false});
    EXPECT_EQ(run({"query", "SELECT 1", "--csv"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "'=Name,n,Key\r\n'=1+1,-7,\r\n\"a,b\",,6b\r\n");
    EXPECT_EQ(run({"query", "SELECT 1", "--csv", "--json"}), ExitCode::usage);
}

TEST_F(ConsoleCommands, ShowTheTitlesOfAnEmptyAnswer) {
    daemon_.on<admin::Query>({{"Name"}, {}, false});
    EXPECT_EQ(run({"query", "SELECT Name FROM clients"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "Name\n");
    EXPECT_EQ(err_.str(), "");
}

TEST_F(ConsoleCommands, SendAStatementWithItsValues) {
    know_rows();
    EXPECT_EQ(run({"query", "SELECT ?, ?", "--param", "7", "--param", "text:7", "--limit", "5"}),
              ExitCode::ok);
    EXPECT_THAT(daemon_.calls(),
                ElementsAre(HasSubstr(
                    R"({"sql":"SELECT ?, ?","parameters":[{"int":7},{"text":"7"}],"limit":5})")));
}

TEST_F(ConsoleCommands, ReadAStatementFromStandardInput) {
    know_rows();
    in_.str("SELECT 1\n-- more\n");
    EXPECT_EQ(run({"query", "-"}), ExitCode::ok);
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr(R"("sql":"SELECT 1\n-- more\n")")));
}

TEST_F(ConsoleCommands, TellThatMoreRowsFollow) {
    know_rows(true);
    EXPECT_EQ(run({"query", "SELECT 1"}), ExitCode::ok);
    EXPECT_THAT(err_.str(), HasSubstr("more rows follow"));
}

TEST_F(ConsoleCommands, ShowWhichStatementsTakeTime) {
    daemon_.on<admin::QueryStatistics>({{{"files.insert", 3, 2, 4.5, 1.5, 2.25, 2.5, 0, {0}}}});
    EXPECT_EQ(run({"queries", "--limit", "5"}), ExitCode::ok);
    EXPECT_EQ(out_.str(),
              "STATEMENT     CALLS  ROWS  TOTAL ms  MEAN ms  P99 ms  MAX ms  SCANNED\n"
              "files.insert      3     2     4.500    1.500   2.250   2.500        0\n");
    EXPECT_EQ(run({"queries", "--json"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr(R"("totalMs":4.5)"));
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr(R"({"limit":5})"), HasSubstr("20")));
}

TEST_F(ConsoleCommands, TellWhyTheyFailed) {
    daemon_.on_error<admin::Query>(errors::QueryFailed{"near \"SELEC\": syntax error"});
    daemon_.on_error<admin::GetTableRows>(errors::UnknownTable{"x"});
    EXPECT_EQ(run({"query", "SELEC"}), ExitCode::failed);
    EXPECT_EQ(run({"tables", "rows", "x"}), ExitCode::not_found);
    EXPECT_EQ(err_.str(),
              "catalogctl: the query failed: near \"SELEC\": syntax error\n"
              "catalogctl: table 'x' is unknown\n");
}

TEST(Cells, AreTypedAsTheyLook) {
    const auto typed = [](const std::string& word) {
        std::string json;
        protocol::encode(json, admin::Query{"", {{{parse_cell(word)}}}, {}});
        return json.substr(json.find('['));
    };
    EXPECT_EQ(typed("-7"), "[{\"int\":-7}]}");
    EXPECT_EQ(typed("0.5"), "[{\"float\":0.5}]}");
    EXPECT_EQ(typed("null"), "[{}]}");
    EXPECT_EQ(typed("hex:00Ff"), "[{\"bytes\":\"AP8=\"}]}");
    EXPECT_EQ(typed("hex:"), "[{\"bytes\":\"\"}]}");
    for (const std::string plain : {"", "7x", "nan", "inf", "1e999", "hex:0", "hex:zz", "Null"}) {
        EXPECT_EQ(typed(plain), "[{\"text\":\"" + plain + "\"}]}");
    }
}

}  // namespace
}  // namespace catalogd::cli

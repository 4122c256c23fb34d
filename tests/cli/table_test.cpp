#include "cli/table.h"

#include <gmock/gmock.h>

#include <sstream>

namespace catalogd::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class TableTest : public ::testing::Test {
protected:
    std::string printed(const std::vector<std::vector<std::string>>& rows) {
        Table table(session_, {{"NAME"}, {"SIZE", Column::Align::right}, {"LAST"}});
        for (const auto& row : rows) {
            table.add(row);
        }
        table.flush();
        return out_.str();
    }

    std::istringstream in_;
    std::ostringstream out_;
    std::ostringstream err_;
    Session session_{{}, {}, in_, out_, err_};
};

TEST_F(TableTest, AlignsColumnsAndPadsNoLineAtItsEnd) {
    EXPECT_EQ(printed({{"a", "1", "x"}, {"longer", "12345", "y"}}),
              "NAME     SIZE  LAST\n"
              "a           1  x\n"
              "longer  12345  y\n");
}

TEST_F(TableTest, CountsCharactersNotBytes) {
    EXPECT_EQ(printed({{"caf\xC3\xA9", "1", "x"}, {"cafe", "2", "y"}}),
              "NAME  SIZE  LAST\n"
              "caf\xC3\xA9     1  x\n"
              "cafe     2  y\n");
}

TEST_F(TableTest, HasNoHeaderWhereNoneIsWanted) {
    session_.options.no_legend = true;
    EXPECT_EQ(printed({{"a", "1", "x"}}), "a  1  x\n");
}

TEST_F(TableTest, AnEmptyListHasAHeaderAllTheSame) {
    EXPECT_EQ(printed({}), "NAME  SIZE  LAST\n");
}

TEST_F(TableTest, ColoursItsHeaderOnATerminalAlone) {
    EXPECT_THAT(printed({}), Not(HasSubstr("\033")));
    session_.terminal.colour = true;
    out_.str("");
    EXPECT_EQ(printed({}), "\033[1mNAME  SIZE  LAST\033[0m\n");
}

TEST_F(TableTest, NoCellReachesTheTerminalRaw) {
    EXPECT_THAT(printed({{"\033[2J", "1", "x"}}), HasSubstr("\\x1b[2J"));
}

TEST_F(TableTest, HoldsBackNoMoreThanAPage) {
    Table table(session_, {{"NAME"}});
    for (std::size_t i = 0; i < Table::page - 1; ++i) {
        table.add({"a"});
    }
    EXPECT_EQ(out_.str(), "");
    table.add({"a"});
    EXPECT_EQ(out_.str().size(), std::string("NAME\n").size() + Table::page * 2);
}

TEST_F(TableTest, ACardNamesItsValues) {
    Card(session_).line("Name", "laptop").line("Id", "\n7").print();
    EXPECT_EQ(out_.str(), "Name  laptop\nId    \\x0a7\n");
}

TEST_F(TableTest, SizesAreForPeopleOnATerminalAlone) {
    EXPECT_EQ(size_cell(session_, 2048), "2048");
    session_.terminal.out = true;
    EXPECT_EQ(size_cell(session_, 2048), "2.0 KiB");
}

}  // namespace
}  // namespace catalogd::cli

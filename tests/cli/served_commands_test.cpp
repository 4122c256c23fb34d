// Commands against the daemon's own service on a real socket: what they print is what it holds.
#include <sstream>

#include "cli/command_line.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::cli {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ServedCommands : public testing::Test {
protected:
    // What the command prints, where all goes well.
    std::string printed(const std::vector<std::string>& arguments) {
        CommandLine line = parse_command_line(arguments);
        EXPECT_TRUE(line.command) << line.text;
        line.options.socket = catalog_.socket_path();
        std::istringstream in;
        std::ostringstream out;
        std::ostringstream err;
        Session session{line.options, {}, in, out, err};
        const Outcome outcome = line.command(session);
        EXPECT_TRUE(outcome) << (outcome ? "" : outcome.error().text);
        return out.str();
    }
    static std::ptrdiff_t lines_of(const std::string& text) {
        return std::count(text.begin(), text.end(), '\n');
    }

    endpoints::ServedCatalog catalog_;
    std::string laptop_ = catalog_.add_client("laptop");
};

TEST_F(ServedCommands, FindFilesInAnyOrderByAnyFilter) {
    catalog_.add_files(laptop_, 3);
    EXPECT_EQ(lines_of(printed({"files", "find", "000", "--no-legend"})), 3);
    EXPECT_THAT(printed({"files", "find", "--order", "name-descending", "--limit", "1"}),
                EndsWith("0002\n"));
    EXPECT_EQ(printed({"files", "find", "0", "--unverified", "--client", "laptop", "--client-named",
                       "TOP", "--from", "2200-01-01", "--no-legend"}),
              "");
}

TEST_F(ServedCommands, PrintEveryFileOfManyPagesAndTheirTotal) {
    catalog_.add_files(laptop_, 2'500);
    EXPECT_EQ(lines_of(printed({"files", "find", "--all", "--csv"})), 2'501);
    EXPECT_EQ(lines_of(printed({"files", "list", "--csv", "--no-legend"})), 2'500);
    EXPECT_THAT(printed({"files", "find", "--total", "--json"}), EndsWith("{\"total\":2500}\n"));
}

TEST_F(ServedCommands, TellTheCatalogInFigures) {
    catalog_.add_files(laptop_, 3);
    EXPECT_THAT(printed({"stats"}), HasSubstr("Files          3 (0 verified)\n"));
    EXPECT_THAT(printed({"stats", "--json"}), StartsWith("{\"clients\":1,\"clientsWithKeys\":0,"));
}

TEST_F(ServedCommands, ListRemovalsAndConfirmThem) {
    catalog_.add_files(laptop_, 1);
    printed({"files", "delete", "--client", "laptop", "0000", "--yes"});
    const std::string row = printed({"removals", "list", "--csv", "--no-legend"});
    EXPECT_THAT(row, HasSubstr(laptop_));
    const std::string id = row.substr(0, row.find(','));
    EXPECT_EQ(printed({"removals", "confirm", id, id}), "Confirmed 1 of 2 removals\n");
    EXPECT_EQ(printed({"removals", "list", "--csv"}), "id,clientId,path,since\r\n");
}

TEST_F(ServedCommands, RecordMetricsShowThemAndTrimThem) {
    printed({"metrics", "record", "load", "1.5", "--at", "2023-11-10T00:00:00Z"});
    printed({"metrics", "record", "load", "-2"});
    EXPECT_EQ(printed({"metrics", "names", "--no-legend"}), "load\n");
    EXPECT_THAT(printed({"metrics", "history", "load", "--csv"}),
                StartsWith("at,value\r\n2023-11-10T00:00:00.000Z,1.5\r\n"));
    EXPECT_THAT(printed({"metrics", "history", "load", "--to", "2023-11-10"}),
                Not(HasSubstr("-2")));
    EXPECT_EQ(printed({"metrics", "trim", "2023-11-11", "--yes"}), "Deleted 1 samples\n");
}

}  // namespace
}  // namespace catalogd::cli

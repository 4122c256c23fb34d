#include "cli/find.h"

#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace files = protocol::files;

class FindTest : public CommandTest {
protected:
    void find_two(std::optional<std::int64_t> total = {}) {
        know_laptop();
        daemon_.on<files::Search>({{record("a"), record("b")}, {}, total});
    }
    // The parameters of the search that the line makes.
    std::string asked(std::vector<std::string> arguments) {
        find_two();
        arguments.insert(arguments.begin(), {"files", "find"});
        EXPECT_EQ(run(arguments), ExitCode::ok) << err_.str();
        const std::string call = daemon_.calls().back();
        return call.substr(call.find('{'));
    }
};

TEST_F(FindTest, PrintsWhatItFindsWithItsClient) {
    find_two();
    EXPECT_EQ(run({"files", "find", "report"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("VERIFIED  CLIENT  NAME\n"));
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr(R"({"text":"report","limit":100} more)")));
}

TEST_F(FindTest, HasEveryFilterOfTheInterface) {
    EXPECT_EQ(asked({"--extension", ".PDF", "--min-size", "0", "--max-size", "10"}),
              R"({"extension":".PDF","minSize":0,"maxSize":10,"limit":100} more)");
    EXPECT_EQ(asked({"--from", "2025-01-10", "--to", "2025-01-10T12:00:00+01:00"}),
              R"({"modifiedFrom":"2025-01-10","modifiedTo":"2025-01-10T11:00:00.000Z","limit":100})"
              " more");
    EXPECT_EQ(asked({"--verified"}), R"({"verified":true,"limit":100} more)");
    EXPECT_EQ(asked({"--unverified"}), R"({"verified":false,"limit":100} more)");
    EXPECT_EQ(
        asked({"--client", "laptop", "--client-named", "lap"}),
        R"({"clientId":")" + std::string(laptop_id) + R"(","client":"lap","limit":100} more)");
}

TEST_F(FindTest, HasEveryOrderOfTheInterface) {
    EXPECT_THAT(search_orders(),
                ElementsAre("newest", "oldest", "largest", "smallest", "name", "name-descending"));
    EXPECT_THAT(asked({"--order", "name-descending"}), HasSubstr(R"("order":"nameDescending")"));
    EXPECT_EQ(run({"files", "find", "--order", "size"}), ExitCode::usage);
}

TEST_F(FindTest, PrintsSoManyUnlessAllAreWanted) {
    find_two();
    EXPECT_EQ(run({"files", "find", "--limit", "1", "--no-legend"}), ExitCode::ok);
    EXPECT_EQ(lines(), 1);
    EXPECT_THAT(asked({"--all"}), HasSubstr(R"({"limit":1000})"));
    EXPECT_EQ(run({"files", "find", "--limit", "1", "--all"}), ExitCode::usage);
}

TEST_F(FindTest, TellsTheTotalBesideATable) {
    find_two(12'345);
    EXPECT_EQ(run({"files", "find", "a", "--total"}), ExitCode::ok);
    EXPECT_EQ(err_.str(), "12,345 in all\n");
    EXPECT_THAT(daemon_.calls().back(), HasSubstr(R"("countTotal":true)"));
}

TEST_F(FindTest, TellsTheTotalToAProgramInALastLine) {
    find_two(12'345);
    EXPECT_EQ(run({"files", "find", "a", "--total", "--json"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), testing::EndsWith("{\"total\":12345}\n"));
    EXPECT_EQ(err_.str(), "");
}

TEST_F(FindTest, RefusesATimeThatIsNoneAndAsksNothing) {
    EXPECT_EQ(run({"files", "find", "--from", "yesterday"}), ExitCode::usage);
    EXPECT_THAT(err_.str(), HasSubstr("--from takes a date or a time"));
    EXPECT_EQ(run({"files", "find", "--min-size", "1k"}), ExitCode::usage);
    EXPECT_EQ(run({"files", "find", "--verified", "--unverified"}), ExitCode::usage);
    EXPECT_TRUE(daemon_.calls().empty());
}

}  // namespace
}  // namespace catalogd::cli

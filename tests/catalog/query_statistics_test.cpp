// What is counted of each statement, and that it is there after a restart.
#include "catalog/query_statistics.h"

#include <algorithm>

#include "catalog/catalog.h"
#include "tests/catalog/console/console_fixture.h"

namespace catalogd::catalog {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;

const Sql& statement(std::string_view name) {
    return **std::ranges::find(Sql::all(), name, &Sql::name);
}

// One that these tests count and never run.
const Sql& quick() {
    return statement("removals.list");
}

class QueryStatisticsTest : public console::ConsoleFixture {
protected:
    static QueryStatistics::Run taking(milliseconds took, std::int64_t rows = 0) {
        return {took, rows, 0};
    }
    // Of a statement; one that has not run has none.
    static QueryStatistics::Figures of(const QueryStatistics& statistics, const std::string& name) {
        for (const auto& figures : statistics.figures()) {
            if (figures.statement == name) {
                return figures;
            }
        }
        return {};
    }
    // A reader whose statements are counted.
    std::unique_ptr<ReadConnection> counted_reader() {
        OpenOptions counted = options();
        counted.statistics = &statistics;
        return std::make_unique<ReadConnection>(counted);
    }
    void store() {
        commit([&](WriteTransaction& transaction) { statistics.store(transaction); });
        statistics.mark_stored();
    }

    QueryStatistics statistics{now};
};

TEST_F(QueryStatisticsTest, CountCallsRowsAndTime) {
    statistics.count(quick(), taking(milliseconds(1), 3));
    statistics.count(quick(), taking(milliseconds(9), 4));
    const auto figures = of(statistics, "removals.list");
    EXPECT_EQ(figures.calls, 2);
    EXPECT_EQ(figures.rows, 7);
    EXPECT_EQ(figures.total, milliseconds(10));
    EXPECT_EQ(figures.longest, milliseconds(9));
    EXPECT_EQ(figures.p99, milliseconds(9));
    EXPECT_EQ(figures.since, now);
}

TEST_F(QueryStatisticsTest, BeginWithWhatTookMostAndLeaveOutWhatNeverRan) {
    statistics.count(quick(), taking(milliseconds(1)));
    statistics.count_console(taking(milliseconds(2)));
    std::vector<std::string_view> names;
    for (const auto& figures : statistics.figures()) {
        names.push_back(figures.statement);
    }
    EXPECT_THAT(names, ElementsAre("(query)", "removals.list"));
}

TEST_F(QueryStatisticsTest, CountWhatAConnectionRuns) {
    fill();
    const auto reader = counted_reader();
    clients::find(*reader, id_of(1));
    clients::find(*reader, id_of(7));
    const auto figures = of(statistics, "clients.find");
    EXPECT_EQ(figures.calls, 2);
    EXPECT_EQ(figures.rows, 1);
    EXPECT_EQ(figures.scanned, 0);
    EXPECT_GT(figures.total, milliseconds(0));
}

TEST_F(QueryStatisticsTest, CountTheStepsOfAScanOnce) {
    fill();
    const auto reader = counted_reader();
    clients::owners(*reader);
    const auto once = of(statistics, "clients.owners").scanned;
    EXPECT_EQ(once, 1) << "from the first of two rows to the second";
    clients::owners(*reader);
    EXPECT_EQ(of(statistics, "clients.owners").scanned, 2 * once);
}

TEST_F(QueryStatisticsTest, CountAStatementThatFailsAsWell) {
    const auto reader = counted_reader();
    const Id none{};
    EXPECT_THROW(catalog::Run(*reader, statement("removals.confirm"), none).execute(),
                 SQLite::Exception)
        << "it reads alone";
    EXPECT_EQ(of(statistics, "removals.confirm").calls, 1);
}

TEST_F(QueryStatisticsTest, CountAnOperatorsStatementsAsOneAndKeepTheirTextToThemselves) {
    fill();
    std::vector<std::string> told;
    QueryStatistics telling(now, std::chrono::nanoseconds(1),
                            [&](std::string_view name, std::string_view text, auto) {
                                told.push_back(std::string(name) + std::string(text));
                            });
    OpenOptions counted = options();
    counted.statistics = &telling;
    console::Console(counted).run({"SELECT FileName, 'SECRET' FROM files", {}, 10});
    EXPECT_THROW(console::Console(counted).run({"SELEC", {}, 10}), QueryRefused);
    const auto figures = of(telling, "(query)");
    EXPECT_EQ(figures.calls, 2);
    EXPECT_EQ(figures.rows, 2);
    EXPECT_EQ(figures.scanned, 1);
    EXPECT_THAT(told, testing::Each("(query)"));
}

TEST_F(QueryStatisticsTest, TellOfAStatementThatTookLong) {
    std::vector<std::string> told;
    const QueryStatistics::OnSlow tell = [&](std::string_view name, std::string_view text, auto) {
        told.push_back(std::string(name) + ": " + std::string(text));
    };
    QueryStatistics telling(now, milliseconds(100), tell);
    telling.count(quick(), taking(milliseconds(99)));
    EXPECT_THAT(told, IsEmpty());
    telling.count(quick(), taking(milliseconds(100)));
    EXPECT_THAT(told, ElementsAre("removals.list: " + quick().text()));
    QueryStatistics quiet(now, milliseconds(0), tell);
    quiet.count(quick(), taking(std::chrono::hours(1)));
    EXPECT_EQ(told.size(), 1U);
}

TEST_F(QueryStatisticsTest, GoOnAfterARestart) {
    statistics.count(quick(), taking(milliseconds(5), 1));
    statistics.count_console(taking(milliseconds(1)));
    store();
    reopen();
    QueryStatistics later(now + 1);
    later.load(writer());
    later.count(quick(), taking(milliseconds(7), 1));
    const auto figures = of(later, "removals.list");
    EXPECT_EQ(figures.calls, 2);
    EXPECT_EQ(figures.rows, 2);
    EXPECT_EQ(figures.total, milliseconds(12));
    EXPECT_EQ(figures.longest, milliseconds(7));
    EXPECT_EQ(figures.since, now);
    EXPECT_EQ(of(later, "(query)").calls, 1);
}

TEST_F(QueryStatisticsTest, AreStoredAgainAndAgain) {
    for (int i = 1; i <= 3; ++i) {
        statistics.count(quick(), taking(milliseconds(1)));
        store();
        QueryStatistics later(now);
        later.load(writer());
        EXPECT_EQ(of(later, "removals.list").calls, i);
    }
    EXPECT_EQ(count("query_statistics"), 1);
}

TEST_F(QueryStatisticsTest, KnowWhetherThereIsAnythingToStore) {
    EXPECT_FALSE(statistics.changed());
    statistics.count(quick(), taking(milliseconds(1)));
    EXPECT_TRUE(statistics.changed());
    store();
    EXPECT_FALSE(statistics.changed());
}

TEST_F(QueryStatisticsTest, AreWrittenAgainWhereTheirCommitFailed) {
    statistics.count(quick(), taking(milliseconds(1)));
    {
        WriteTransaction transaction(writer(), now);
        statistics.store(transaction);
    }
    EXPECT_TRUE(statistics.changed());
    store();
    EXPECT_EQ(count("query_statistics"), 1);
}

TEST_F(QueryStatisticsTest, PassOverAStatementThatTheProgramNoLongerHas) {
    writer().database().exec(
        "INSERT INTO query_statistics VALUES ('gone.long_ago', 1, 1, 1, 1, x'0001', 1)");
    statistics.load(writer());
    EXPECT_THAT(statistics.figures(), IsEmpty());
}

TEST_F(QueryStatisticsTest, AreLoadedWhenACatalogIsOpened) {
    statistics.count(quick(), taking(milliseconds(5)));
    store();
    close();
    QueryStatistics later(now);
    OpenOptions counted = options();
    counted.statistics = &later;
    const Opened opened = open(counted, {folder_.file("key")}, now);
    EXPECT_EQ(of(later, "removals.list").calls, 1);
    EXPECT_GT(of(later, "summary.read").calls + of(later, "sealing.key").calls, 0);
}

}  // namespace
}  // namespace catalogd::catalog

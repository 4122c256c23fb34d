// Every statement of the catalog prepares, and none of them goes through a large table.
#include <algorithm>
#include <map>
#include <set>

#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Statements that go through the whole of a small table, with the reason why they may.
const std::map<std::string, std::string> scans_of_clients{
    {"clients.newest", "a page in an order that no index has; clients are few"},
    {"clients.oldest", "a page in an order that no index has; clients are few"},
    {"clients.most_files", "a page in an order that no index has; clients are few"},
    {"clients.most_bytes", "a page in an order that no index has; clients are few"},
    {"clients.names", "counts names that hold a text, in any case"},
    {"clients.owners", "those that a part of a name or an order of names may concern"},
    {"backups.keys", "what a backup's keys are, once for each"},
    {"checks.tables", "the names of the tables"},
    {"digest.tables", "the names of the tables"},
    {"job_runs.unfinished", "some hundreds for each job, at start"},
    {"metrics.names", "some hundreds, and every one is asked for"},
    {"migrations.list", "one row for each schema step"},
    {"migrations.taken", "one row for each schema step"},
    {"query_statistics.load", "one row for each statement, at the start"},
    {"orphans.clients", "after a repair; clients are few"},
    {"orphans.totals", "after a repair; a row for each client"},
    {"search.clear_segments", "where the index is built anew on demand"},
    {"search.clear_terms", "the same"},
    {"search.changed_of_size", "notes that wait for the index, at times"},
    {"search.changed", "notes that wait for the index: some thousands"},
    {"search.forget_gone", "the same"},
    {"search.gone_clients", "the same"},
    {"search.marks", "one row for each segment, where the index has changed"},
    {"search.sizes_of_changed", "notes that wait for the index, at times"},
    {"search.state", "one figure of the file"},
    {"statistics.free", "two figures of the file"},
    {"sealing.any", "until the first client with a session key; clients are few"},
    {"sealing.count_others", "in a rotation of keys alone; clients are few"},
    {"sealing.key", "one row"},
    {"settings.read", "a row for each setting that was changed, at start"},
    {"vacuum.trees", "all pages, in a forecast or before the file is written anew"},
};

class Statements : public CatalogFixture {
protected:
    // What SQLite says it will do: "SEARCH f USING PRIMARY KEY (client=? AND name=?)".
    std::vector<std::string> plan(const std::string& sql) {
        std::vector<std::string> steps;
        SQLite::Statement explain(writer().database(), "EXPLAIN QUERY PLAN " + sql);
        while (explain.executeStep()) {
            steps.push_back(explain.getColumn(3).getString());
        }
        return steps;
    }
    // Steps that read or sort more than what a search with a constraint finds.
    std::vector<std::string> unbounded(const std::string& sql) {
        std::vector<std::string> found;
        for (const std::string& step : plan(sql)) {
            const bool search = step.starts_with("SEARCH ") && step.find('(') != std::string::npos;
            if (!search) {
                found.push_back(step);
            }
        }
        return found;
    }
    // More than one record that is known by its number.
    static bool is_about_files(const std::string& step) {
        if (step.find("USING INTEGER PRIMARY KEY (rowid=?)") != std::string::npos) {
            return false;
        }
        return step == "SCAN f" || step.starts_with("SCAN f ") || step.starts_with("SCAN files") ||
               step.starts_with("SEARCH f ") || step.starts_with("SEARCH files");
    }
    bool is_about_files_at_all(const std::string& sql) {
        const auto steps = plan(sql);
        return std::any_of(steps.begin(), steps.end(), is_about_files);
    }
};

TEST_F(Statements, AllPrepareOnAWriter) {
    for (const Sql* sql : Sql::all()) {
        EXPECT_NO_THROW(writer().prepared(*sql)) << sql->name();
    }
    EXPECT_GT(Sql::all().size(), 30U);
}

TEST_F(Statements, HaveNamesOfTheirOwn) {
    std::set<std::string_view> names;
    for (const Sql* sql : Sql::all()) {
        EXPECT_TRUE(names.insert(sql->name()).second) << sql->name();
    }
}

TEST_F(Statements, SearchAndNeverScanOrSort) {
    for (const Sql* sql : Sql::all()) {
        if (!scans_of_clients.contains(std::string(sql->name()))) {
            EXPECT_THAT(unbounded(sql->text()), IsEmpty()) << sql->name();
        }
    }
}

TEST_F(Statements, ThatMayScanClientsDoAndLeaveFilesAlone) {
    std::set<std::string> unknown;
    for (const auto& [name, reason] : scans_of_clients) {
        unknown.insert(name);
    }
    for (const Sql* sql : Sql::all()) {
        if (unknown.erase(std::string(sql->name())) == 1) {
            EXPECT_FALSE(unbounded(sql->text()).empty()) << sql->name() << " need not be excused";
            EXPECT_FALSE(is_about_files_at_all(sql->text())) << sql->name();
        }
    }
    EXPECT_THAT(unknown, IsEmpty());
}

TEST_F(Statements, NeverReplace) {
    for (const Sql* sql : Sql::all()) {
        EXPECT_EQ(sql->text().find("REPLACE"), std::string::npos) << sql->name();
    }
}

TEST_F(Statements, ThatWouldGoThroughAllFilesAreNoticed) {
    EXPECT_THAT(unbounded("SELECT name FROM files WHERE path = ?1"), ElementsAre("SCAN files"));
    EXPECT_THAT(unbounded("SELECT count(*) FROM files f"), testing::SizeIs(1));
    EXPECT_THAT(unbounded("SELECT name FROM files WHERE client = ?1 ORDER BY size"),
                ElementsAre("USE TEMP B-TREE FOR ORDER BY"));
    EXPECT_TRUE(is_about_files_at_all("SELECT name FROM files WHERE client = ?1"));
}

// A deletion asks every child table for the rows of its parent, whether or not any is there.
TEST_F(Statements, ThatCascadeFindTheChildrenByAnIndex) {
    const auto children = rows_of(
        writer(),
        "SELECT t.name, k.\"from\" FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) k "
        "WHERE t.type = 'table'");
    EXPECT_EQ(children.size(), 5U);
    for (const std::string& child : children) {
        const auto bar = child.find('|');
        EXPECT_THAT(unbounded("DELETE FROM " + child.substr(0, bar) + " WHERE " +
                              child.substr(bar + 1) + " = ?1"),
                    IsEmpty())
            << child;
    }
}

}  // namespace
}  // namespace catalogd::catalog

// Going back: every step that says that it can be taken back leaves exactly what was before it.
#include "catalog/rollback.h"

#include <sqlite3.h>

#include <limits>
#include <map>

#include "catalog/backup.h"
#include "catalog/failure.h"
#include "tests/catalog/catalog_fixture.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

using Steps = std::vector<Migration>;

// What each schema has been able to hold from its version on.
const std::map<std::int64_t, const char*> rows_from{
    {2,
     "INSERT INTO clients VALUES (1, zeroblob(16), 'one', randomblob(160), NULL, 77);"
     "INSERT INTO clients VALUES (4, randomblob(16), 'two', NULL, randomblob(80), 78);"
     "INSERT INTO client_totals (client, files, verified_files, bytes_high, bytes_low) "
     "VALUES (1, 2, 1, 0, 7), (4, 0, 0, 0, 0);"
     "INSERT INTO files VALUES (5, 1, 'a', '/a', 1, 7, -1, 3, 99, 'm', 'c', '{}'),"
     "(6, 1, 'b', '/b', 0, NULL, NULL, NULL, 98, NULL, NULL, NULL);"
     "INSERT INTO sealing VALUES (1, zeroblob(8));"
     "UPDATE summary SET last_number = 6, last_created = 99"},
    {3,
     "INSERT INTO requests VALUES (9, 1000, 'id', zeroblob(16), '{}', 5);"
     "UPDATE summary SET running_time = 5"},
    {5,
     "INSERT INTO search_segments VALUES (1, zeroblob(9));"
     "INSERT INTO search_marks VALUES (1, 1, zeroblob(512));"
     "INSERT INTO search_terms VALUES (1, 1, 1, zeroblob(9));"
     "INSERT INTO search_changes VALUES (5, 1); INSERT INTO search_gone_clients VALUES (3, 2)"},
    {6, "INSERT INTO removals VALUES (zeroblob(16), zeroblob(16), '/gone', 5)"},
    {7, "INSERT INTO metric_names VALUES (1, 'cpu'); INSERT INTO samples VALUES (1, 5, 0, 0.5)"},
    {8, "INSERT INTO settings VALUES ('log.level', 'debug')"},
    {9, "INSERT INTO audit VALUES (1, 5, 0, 7, 'm', NULL, 'ok', zeroblob(32))"},
    {10, "INSERT INTO query_statistics VALUES ('files.find', 1, 0, 9, 9, zeroblob(8), 5)"},
    {11, "INSERT INTO job_runs VALUES (1, 'backup', 0, 'schedule', 5, 6, 'succeeded', '{}', NULL)"},
};

class WayBack : public testing::Test {
protected:
    WriteConnection& writer() {
        if (!writer_) {
            writer_ = std::make_unique<WriteConnection>(OpenOptions{path()});
        }
        return *writer_;
    }
    void close() { writer_.reset(); }
    [[nodiscard]] std::string path() const { return folder_.file("catalog.db"); }
    static std::int64_t newest() { return static_cast<std::int64_t>(migrations().size()); }

    // To that version, a step at a time, with rows of each schema on the way.
    void go_to(std::int64_t version, const Steps& steps = migrations()) {
        for (auto at = schema_version(writer()) + 1; at <= version; ++at) {
            migrate(writer(), std::span(steps).first(static_cast<std::size_t>(at)), 1'234);
            if (const auto rows = rows_from.find(at); rows != rows_from.end()) {
                writer().database().exec(rows->second);
            }
        }
    }
    void go_back(std::int64_t version, const Steps& steps = migrations()) {
        WriteTransaction transaction(writer(), 1'234);
        transaction.begin_request();
        try {
            roll_back(transaction, steps, version);
        } catch (...) {
            EXPECT_TRUE(transaction.drop_request());
            throw;
        }
        transaction.keep_request();
        transaction.commit();
    }
    // Schema, versions and every row of every table.
    std::vector<std::string> everything() {
        auto state = rows_of(writer(), "SELECT type, name, sql FROM sqlite_schema ORDER BY name");
        state.push_back(writer().query_text("PRAGMA user_version"));
        for (const auto& table :
             rows_of(writer(), "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
            for (const auto& row : rows_of(writer(), "SELECT * FROM " + table)) {
                state.push_back(table + ": " + row);
            }
        }
        return state;
    }
    // The newest steps, and one more whose way back is this.
    static Steps steps_and(std::string_view sql, std::string_view way_back) {
        Steps steps = migrations();
        steps.push_back({newest() + 1, "9999_planted", sql, way_back});
        return steps;
    }

    TempFolder folder_{TempFolder::fast()};
    std::unique_ptr<WriteConnection> writer_;
};

// Taken back from the newest schema on, as a rollback does it.
class EachStep : public WayBack, public testing::WithParamInterface<std::int64_t> {
public:
    static std::vector<std::int64_t> that_can_be_taken_back() {
        std::vector<std::int64_t> versions;
        const Steps steps = migrations();
        for (auto step = steps.rbegin(); step != steps.rend() && step->way_back; ++step) {
            versions.push_back(step->version);
        }
        return versions;
    }
};

TEST_P(EachStep, TakenBackLeavesExactlyWhatWasBefore) {
    go_to(GetParam() - 1);
    const auto before = everything();
    migrate(writer(), migrations(), 9);
    EXPECT_NE(everything(), before);
    go_back(GetParam() - 1);
    EXPECT_EQ(everything(), before);
}

TEST_P(EachStep, TakenBackWithRowsOfItsOwnLeavesASoundCatalogThatGoesForwardAgain) {
    go_to(newest());
    go_back(GetParam() - 1);
    EXPECT_EQ(writer().query_text("PRAGMA integrity_check"), "ok");
    EXPECT_THAT(rows_of(writer(), "PRAGMA foreign_key_check"), IsEmpty());
    EXPECT_EQ(migrate(writer(), migrations(), 1'234).to, newest());
}

INSTANTIATE_TEST_SUITE_P(OfThisProgram, EachStep,
                         testing::ValuesIn(EachStep::that_can_be_taken_back()),
                         testing::PrintToStringParamName());

TEST_F(WayBack, IsThereForEveryStepButTheFirstTwo) {
    for (const Migration& step : migrations()) {
        EXPECT_EQ(step.way_back.has_value(), step.version > 2) << step.name;
    }
}

TEST_F(WayBack, GoesBackSeveralStepsAndForgetsThem) {
    go_to(newest());
    go_back(2);
    EXPECT_EQ(schema_version(writer()), 2);
    EXPECT_EQ(steps_taken(writer()).size(), 2U);
    EXPECT_EQ(writer().query_integer("SELECT count(*) FROM files"), 2);
}

TEST_F(WayBack, IsRefusedAtAStepThatHasNone) {
    go_to(newest());
    const auto before = everything();
    try {
        go_back(1);
        FAIL() << "it was taken back";
    } catch (const NotReversible& refusal) {
        EXPECT_EQ(refusal.version, 2);
        EXPECT_EQ(refusal.name, "0002_files_in_order_of_arrival");
    }
    EXPECT_EQ(everything(), before);
}

TEST_F(WayBack, LeadsToNoVersionThatIsNotOlder) {
    go_to(newest());
    for (const std::int64_t version : {std::int64_t{-1}, std::int64_t{0}, newest(), newest() + 1,
                                       std::numeric_limits<std::int64_t>::max()}) {
        EXPECT_THROW(go_back(version), UnknownSchema) << version;
    }
}

TEST_F(WayBack, LeavesEverythingAsItWasWhereAStepFails) {
    const Steps steps = steps_and("CREATE TABLE later (x)", "DROP TABLE later; DROP TABLE nowhere");
    go_to(newest() + 1, steps);
    const auto before = everything();
    EXPECT_THROW(go_back(newest(), steps), SQLite::Exception);
    EXPECT_EQ(everything(), before);
    close();
    EXPECT_EQ(everything(), before);
}

TEST_F(WayBack, IsNotKeptWhereItLeavesRowsThatReferToNone) {
    const Steps steps = steps_and(
        "CREATE TABLE parents (x INTEGER PRIMARY KEY); CREATE TABLE children (x REFERENCES "
        "parents);"
        "INSERT INTO parents VALUES (1); INSERT INTO children VALUES (1)",
        "PRAGMA defer_foreign_keys = ON; DELETE FROM parents; DROP TABLE search_marks");
    go_to(newest() + 1, steps);
    const auto before = everything();
    EXPECT_ANY_THROW(go_back(newest(), steps));
    EXPECT_EQ(everything(), before);
}

// What a request before it in the same commit has changed of the totals is not lost.
TEST_F(WayBack, KeepsWhatTheCommitHeldBeforeIt) {
    go_to(newest());
    {
        WriteTransaction transaction(writer(), 1'234);
        transaction.begin_request();
        clients::save(transaction, id_of(9), {"nine", {}, {}, 9});
        transaction.keep_request();
        transaction.begin_request();
        roll_back(transaction, migrations(), newest() - 1);
        transaction.keep_request();
        transaction.commit();
    }
    EXPECT_EQ(writer().query_integer("SELECT count(*) FROM clients WHERE name = 'nine'"), 1);
    EXPECT_EQ(writer().query_integer("SELECT last_client FROM summary"), 5);
}

class BackupBeforeRollback : public WayBack {};

TEST_F(BackupBeforeRollback, HoldsTheCatalogAsItWas) {
    go_to(newest());
    const std::string copy = back_up_before_rollback(writer(), newest() - 1, 777);
    EXPECT_EQ(copy, path() + ".schema-" + std::to_string(newest()) + "-777");
    EXPECT_EQ(sqlite3_tool(copy, "SELECT path FROM removals; PRAGMA integrity_check").output,
              "/gone\nok\n");
}

TEST_F(BackupBeforeRollback, ThatCannotBeMadeLeavesWhatStartsHaveKept) {
    go_to(newest());
    const std::string taken_by_a_start = copy_of_schema(path(), newest() - 1);
    std::filesystem::create_directory(copy_of_schema(path(), newest()) + "-777.unfinished");
    EXPECT_THROW(back_up_before_rollback(writer(), newest() - 1, 777), Unusable);
    EXPECT_TRUE(std::filesystem::exists(taken_by_a_start));
}

// A start would take an old copy for the one that it needs.
TEST_F(BackupBeforeRollback, LetsTheNextStartTakeACopyOfItsOwn) {
    go_to(newest());
    const std::string taken_by_a_start = copy_of_schema(path(), newest() - 1);
    EXPECT_TRUE(std::filesystem::exists(taken_by_a_start));
    back_up_before_rollback(writer(), newest() - 1, 777);
    EXPECT_FALSE(std::filesystem::exists(taken_by_a_start));
    EXPECT_TRUE(std::filesystem::exists(taken_by_a_start + "-777"));
    go_back(newest() - 1);
    writer().database().exec("UPDATE clients SET name = 'renamed' WHERE number = 1");
    migrate(writer(), migrations(), 1'234);
    EXPECT_THAT(sqlite3_tool(taken_by_a_start, "SELECT name FROM clients").output,
                HasSubstr("renamed"));
}

// Killed after each statement of the way back, and in the commit.
class KilledRollback : public WayBack {
protected:
    static constexpr std::string_view deadly =
        "SELECT maybe_die(); DELETE FROM clients; SELECT maybe_die(); DROP TABLE later;"
        "SELECT maybe_die();";

    static void maybe_die(sqlite3_context* context, int /*count*/, sqlite3_value** /*values*/) {
        if (--*static_cast<int*>(sqlite3_user_data(context)) == 0) {
            ::_exit(7);
        }
    }
    static int die_in_commit(void* left) {
        return --*static_cast<int*>(left) == 0 ? ::_exit(7), 0 : 0;
    }
    int go_back_and_die_at(int nth) {
        return in_child([&, left = nth]() mutable {
            sqlite3* handle = writer().database().getHandle();
            sqlite3_create_function(handle, "maybe_die", 0, SQLITE_UTF8, &left, maybe_die, nullptr,
                                    nullptr);
            sqlite3_commit_hook(handle, die_in_commit, &left);
            go_back(newest(), steps_);
            return 0;
        });
    }
    const Steps steps_ = steps_and("CREATE TABLE later (x)", deadly);
};

TEST_F(KilledRollback, LeavesTheNewSchemaOrTheOld) {
    int nth = 1;
    for (int status = 7; status == 7; ++nth) {
        SCOPED_TRACE("killed at " + std::to_string(nth));
        go_to(newest() + 1, steps_);
        close();
        status = go_back_and_die_at(nth);
        const bool old = schema_version(writer()) == newest();
        EXPECT_EQ(old, status == 0);
        EXPECT_EQ(writer().query_integer("SELECT count(*) FROM clients"), old ? 0 : 2);
        EXPECT_EQ(writer().query_text("PRAGMA integrity_check"), "ok");
    }
    EXPECT_GT(nth, 4);
}

}  // namespace
}  // namespace catalogd::catalog

// Statements that people write: what they may do, and what they may not.
#include <sqlite3.h>

#include "tests/catalog/console/console_fixture.h"

namespace catalogd::catalog::console {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

class ConsoleTest : public ConsoleFixture {
protected:
    ConsoleTest() { fill(); }
};

// Never comes to an end by itself.
const std::string endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

TEST_F(ConsoleTest, SelectsFromTheTablesThatAreShown) {
    EXPECT_THAT(rows("SELECT Name, LastSeen FROM clients ORDER BY Name DESC"),
                ElementsAre("laptop|2025-01-10T12:00:00.123Z", "desktop|1970-01-01T00:00:00.000Z"));
    EXPECT_THAT(rows("SELECT count(*), sum(FileSize) FROM files"), ElementsAre("2|42"));
    EXPECT_THAT(rows("SELECT COUNT(*) FROM FILES"), ElementsAre("2"));
    EXPECT_THAT(rows("SELECT 1"), ElementsAre("1"));
}

TEST_F(ConsoleTest, JoinsThemByIdentifier) {
    EXPECT_THAT(rows("SELECT c.Name, count(f.ID) FROM clients c LEFT JOIN files f "
                     "ON f.ClientID = c.ID GROUP BY c.ID ORDER BY 1"),
                ElementsAre("desktop|0", "laptop|2"));
}

TEST_F(ConsoleTest, TakesWhatSqlHasForReading) {
    for (const char* sql :
         {"WITH big AS (SELECT * FROM files WHERE FileSize > 1) SELECT count(*) FROM big",
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i "
          "FROM n",
          "SELECT Name, row_number() OVER (ORDER BY Name) FROM clients",
          "SELECT key, value FROM files, json_each(files.Attributes)",
          "SELECT Name FROM clients WHERE ID IN (SELECT ClientID FROM files) UNION SELECT 'x'",
          "SELECT strftime('%Y', ModificationDate), max(CRC) FROM files GROUP BY 1",
          "VALUES (1), (2)", "SELECT * FROM (SELECT 1 AS one) WHERE one = 1;",
          "-- a comment\nSELECT 1 /* and */; -- another\n ; ", "; SELECT 1",
          "EXPLAIN QUERY PLAN SELECT 1"}) {
        EXPECT_EQ(refusal(sql), "") << sql;
    }
}

TEST_F(ConsoleTest, BindsParametersOfEveryType) {
    EXPECT_THAT(rows("SELECT ?1, ?2, ?3, ?4, ?5",
                     {std::int64_t{7}, 0.5, std::string("te\0xt", 5), Octets{"\x01\xFF"}, Cell()}),
                ElementsAre(std::string("7|0.500000|te\0xt|01ff|null", 26)));
    EXPECT_THAT(
        rows("SELECT FileName FROM files WHERE FileName LIKE :pattern", {std::string("%.txt")}),
        ElementsAre("dir/a.TXT"));
}

TEST_F(ConsoleTest, RefusesValuesThatDoNotMatchItsParameters) {
    EXPECT_EQ(refusal("SELECT ?, ?", {std::int64_t{1}}),
              "the statement has 2 parameters, and there are values for 1");
    EXPECT_THAT(refusal("SELECT 1", {std::int64_t{1}}), HasSubstr("has 0 parameters"));
    EXPECT_THAT(refusal("SELECT ?4000"), HasSubstr("variable number must be between"));
}

TEST_F(ConsoleTest, EndsAtItsLimitAndSaysSo) {
    const std::string three = "VALUES (1), (2), (3)";
    EXPECT_EQ(result(three, {}, 2).rows.size(), 2U);
    EXPECT_TRUE(result(three, {}, 2).truncated);
    EXPECT_FALSE(result(three, {}, 3).truncated);
}

TEST_F(ConsoleTest, EndsWhereItsRowsGrewLargeAndSaysSo) {
    const std::string many =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT zeroblob(60000) FROM n LIMIT 100";
    const Result cut = result(many);
    EXPECT_TRUE(cut.truncated);
    EXPECT_LT(cut.rows.size(), 20U);
    std::string wide = "SELECT zeroblob(90000)";
    for (int i = 1; i < 20; ++i) {
        wide += ", zeroblob(90000)";
    }
    EXPECT_THAT(refusal(wide), HasSubstr("first row"));
}

TEST_F(ConsoleTest, TakesExactlyOneStatement) {
    EXPECT_EQ(refusal("SELECT 1; SELECT 2"), "exactly one statement is needed");
    for (const char* none : {"", ";", "-- only this", "  \n"}) {
        EXPECT_EQ(refusal(none), "exactly one statement is needed") << none;
    }
    EXPECT_THAT(refusal(std::string("SELECT 1\0; DELETE FROM files", 28)), HasSubstr("NUL"));
    EXPECT_THAT(refusal("SELECT 1; DELETE FROM main.clients"), HasSubstr("only a SELECT"));
}

TEST_F(ConsoleTest, SaysWhatIsWrongWithAStatement) {
    EXPECT_THAT(refusal("SELEC 1"), HasSubstr("syntax error"));
    EXPECT_THAT(refusal("SELECT Nome FROM clients"), HasSubstr("no such column: Nome"));
    EXPECT_THAT(refusal("SELECT * FROM no_such_table"), HasSubstr("no such table"));
    EXPECT_THAT(refusal("SELECT \"Nome\" FROM clients"), HasSubstr("no such column"));
    EXPECT_THAT(refusal("SELECT abs(-9223372036854775808)"), HasSubstr("overflow"));
    EXPECT_THAT(refusal("SELECT 1 WHERE 1 = '" + std::string(100'000, 'x') + "'"),
                HasSubstr("too"));
}

TEST_F(ConsoleTest, ReadsNothingBesideTheTablesThatAreShown) {
    for (const char* sql :
         {"SELECT session_key FROM main.clients",
          "SELECT * FROM main.clients",
          "SELECT name FROM main.files",
          "SELECT * FROM requests",
          "SELECT count(*) FROM requests",
          "SELECT 1 FROM requests",
          "SELECT rowid FROM requests",
          "SELECT key_id FROM sealing",
          "SELECT * FROM sqlite_schema",
          "SELECT sql FROM sqlite_master",
          "SELECT count(*) FROM sqlite_schema",
          "SELECT * FROM sqlite_temp_schema",
          "SELECT * FROM temp.sqlite_temp_master",
          "SELECT * FROM pragma_table_info('clients')",
          "SELECT 1 FROM pragma_table_list",
          "SELECT * FROM pragma_database_list",
          "SELECT count(*) FROM pragma_user_version",
          "SELECT * FROM dbstat",
          "SELECT count(*) FROM dbstat",
          "SELECT * FROM sqlite_stmt",
          "SELECT * FROM fts3tokenize",
          "SELECT * FROM search_terms",
          "SELECT * FROM (SELECT public_key, session_key FROM main.clients) AS clients"}) {
        EXPECT_THAT(refusal(sql), EndsWith("clients, files, metrics_history")) << sql;
    }
}

// SQLite tells on whose behalf it reads by a name that anybody may choose.
TEST_F(ConsoleTest, DoesNotTakeACommonTableForAView) {
    for (const char* sql :
         {"WITH clients AS (SELECT session_key FROM main.clients) SELECT * FROM clients",
          "WITH files AS (SELECT * FROM main.clients) SELECT * FROM files",
          "WITH clients AS MATERIALIZED (SELECT reply FROM requests) SELECT * FROM clients",
          "WITH files AS (SELECT sql FROM sqlite_schema) SELECT * FROM files",
          "SELECT * FROM files WHERE EXISTS (WITH clients AS (SELECT session_key AS k FROM "
          "main.clients) SELECT 1 FROM clients WHERE k IS NOT NULL)"}) {
        EXPECT_THAT(refusal(sql), HasSubstr("is not shown here")) << sql;
    }
}

TEST_F(ConsoleTest, CallsNoFunctionThatDoesMoreThanCompute) {
    for (const char* call :
         {"load_extension('x')", "fts3_tokenizer('simple')", "sqlite_log(1, 'x')", "randomblob(10)",
          "last_insert_rowid()", "sqlite_version()", "changes()", "fts5_source_id()",
          "rtreecheck('files')", "sqlite_compileoption_get(1)", "trim('a', 'b')", "rtrim('a')",
          "readfile('/etc/passwd')", "writefile('/tmp/x', 'x')", "edit('x')", "match('a', 'b')"}) {
        EXPECT_NE(refusal("SELECT " + std::string(call)), "") << call;
    }
    EXPECT_EQ(refusal("SELECT load_extension('x')"),
              "the function load_extension is not allowed here");
}

TEST_F(ConsoleTest, ChangesNothing) {
    const auto before = everything();
    for (const char* sql : {"DELETE FROM clients",
                            "DELETE FROM main.files",
                            "UPDATE clients SET Name = 'x'",
                            "INSERT INTO requests VALUES (1, 2, 'x', x'00', '{}', 1)",
                            "DROP TABLE main.files",
                            "DROP VIEW clients",
                            "CREATE TABLE t (x)",
                            "CREATE TEMP TABLE t (x)",
                            "CREATE TEMP VIEW v AS SELECT 1",
                            "CREATE INDEX i ON main.files (path)",
                            "CREATE VIRTUAL TABLE t USING fts5(x)",
                            "ALTER TABLE main.files RENAME TO x",
                            "ATTACH '/tmp/console-attached.db' AS x",
                            "ATTACH ':memory:' AS x",
                            "DETACH main",
                            "VACUUM",
                            "VACUUM INTO '/tmp/console-copy.db'",
                            "REINDEX",
                            "ANALYZE",
                            "BEGIN",
                            "COMMIT",
                            "ROLLBACK",
                            "SAVEPOINT s",
                            "RELEASE s",
                            "PRAGMA user_version",
                            "PRAGMA user_version = 9",
                            "PRAGMA query_only = OFF",
                            "PRAGMA journal_mode = DELETE",
                            "PRAGMA wal_checkpoint",
                            "PRAGMA temp_store_directory = '/tmp'",
                            "EXPLAIN DELETE FROM clients",
                            "EXPLAIN PRAGMA query_only = OFF",
                            "WITH x AS (SELECT 1) DELETE FROM main.files",
                            "INSERT INTO main.files SELECT * FROM main.files RETURNING *",
                            "REPLACE INTO clients VALUES (1)"}) {
        EXPECT_NE(refusal(sql), "") << sql;
    }
    EXPECT_EQ(refusal("PRAGMA user_version"),
              "only a SELECT is allowed here, of clients, files, metrics_history");
    EXPECT_EQ(refusal("VACUUM"), "only a SELECT is allowed here");
    EXPECT_EQ(everything(), before);
}

TEST_F(ConsoleTest, EndsAtItsDeadline) {
    Console console(options());
    int looks = 0;
    const ReadConnection::Deadline deadline(console, [&] { return ++looks > 100; });
    EXPECT_THROW(console.run({endless, {}, 10}), SQLite::Exception);
    looks = -1000;
    EXPECT_THAT(readable(console.run({"SELECT 1", {}, 10}).rows), ElementsAre("1"));
}

TEST_F(ConsoleTest, TakesNoMoreThanItsShareOfMemory) {
    const std::string sorted =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000) "
        "SELECT zeroblob(90000 + i) AS b FROM n ORDER BY b DESC LIMIT 2000";
    EXPECT_EQ(refusal(sorted), "it needs more than 64 MiB of memory");
    EXPECT_EQ(refusal("SELECT zeroblob(100001)"), "string or blob too big");
}

// Each level doubles what is to be prepared, where no deadline is looked at.
TEST_F(ConsoleTest, DoesNotPrepareForEver) {
    std::string sql = "WITH t0 AS (SELECT 1 AS x)";
    for (int i = 1; i <= 40; ++i) {
        const std::string before = "t" + std::to_string(i - 1);
        sql +=
            ", t" + std::to_string(i) + " AS (SELECT a.x FROM " + before + " a, " + before + " b)";
    }
    EXPECT_EQ(refusal(sql + " SELECT * FROM t40"), "it needs more than 64 MiB of memory");
}

TEST_F(ConsoleTest, LeavesTheMemoryOfOthersAlone) {
    EXPECT_EQ(refusal("SELECT 1"), "");
    void* memory = sqlite3_malloc64(100 << 20);
    EXPECT_NE(memory, nullptr);
    sqlite3_free(memory);
}

TEST_F(ConsoleTest, ShowsItsConnectionToNobodyElse) {
    EXPECT_EQ(refusal("SELECT 1"), "");
    EXPECT_THAT(rows_of(writer(), "SELECT name FROM sqlite_temp_schema"), IsEmpty());
    EXPECT_EQ(rows_of(*new_reader(), "SELECT count(session_key) FROM clients").front(), "1");
}

}  // namespace
}  // namespace catalogd::catalog::console

#include <sqlite3.h>

#include <functional>

#include "tests/catalog/catalog_fixture.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog {
namespace {

using std::chrono::milliseconds;

class AnyConnection : public CatalogFixture {
protected:
    void for_each(const std::function<void(Connection&)>& expect) {
        const auto reader = new_reader();
        {
            SCOPED_TRACE("writer");
            expect(writer());
        }
        SCOPED_TRACE("reader");
        expect(*reader);
    }

    static int switched(Connection& connection, int name) {
        int value = -1;
        sqlite3_db_config(connection.database().getHandle(), name, -1, &value);
        return value;
    }
    static int limit(Connection& connection, int name) {
        return sqlite3_limit(connection.database().getHandle(), name, -1);
    }
};

TEST_F(AnyConnection, EnforcesForeignKeysAndSyncsInFull) {
    for_each([](Connection& connection) {
        EXPECT_EQ(connection.query_integer("PRAGMA foreign_keys"), 1);
        EXPECT_EQ(connection.query_integer("PRAGMA synchronous"), 2);
        EXPECT_EQ(connection.query_text("PRAGMA journal_mode"), "wal");
    });
}

TEST_F(AnyConnection, TrustsNeitherSchemaNorFile) {
    for_each([](Connection& connection) {
        EXPECT_EQ(switched(connection, SQLITE_DBCONFIG_DEFENSIVE), 1);
        EXPECT_EQ(switched(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA), 0);
        EXPECT_EQ(switched(connection, SQLITE_DBCONFIG_ENABLE_TRIGGER), 0);
        EXPECT_EQ(switched(connection, SQLITE_DBCONFIG_ENABLE_VIEW), 0);
        EXPECT_EQ(switched(connection, SQLITE_DBCONFIG_DQS_DML), 0);
        EXPECT_EQ(switched(connection, SQLITE_DBCONFIG_DQS_DDL), 0);
        EXPECT_EQ(switched(connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION), 0);
        EXPECT_EQ(connection.query_integer("PRAGMA cell_size_check"), 1);
        EXPECT_EQ(connection.query_integer("PRAGMA mmap_size"), 0);
    });
}

TEST_F(AnyConnection, HasLimits) {
    for_each([](Connection& connection) {
        EXPECT_EQ(limit(connection, SQLITE_LIMIT_LENGTH), 32 << 20);
        EXPECT_EQ(limit(connection, SQLITE_LIMIT_SQL_LENGTH), 100'000);
        EXPECT_EQ(limit(connection, SQLITE_LIMIT_EXPR_DEPTH), 50);
        EXPECT_EQ(limit(connection, SQLITE_LIMIT_ATTACHED), 0);
        EXPECT_EQ(limit(connection, SQLITE_LIMIT_LIKE_PATTERN_LENGTH), 50);
        EXPECT_EQ(limit(connection, SQLITE_LIMIT_TRIGGER_DEPTH), 10);
    });
}

TEST_F(AnyConnection, RefusesWhatTheSwitchesForbid) {
    for_each([](Connection& connection) {
        EXPECT_THROW(connection.query_text("SELECT \"no column but a typing error\""),
                     SQLite::Exception);
        EXPECT_THROW(connection.database().exec("ATTACH ':memory:' AS other"), SQLite::Exception);
        EXPECT_THROW(connection.query_text("SELECT load_extension('any')"), SQLite::Exception);
        EXPECT_THROW(connection.database().exec("UPDATE sqlite_schema SET sql = ''"),
                     SQLite::Exception);
    });
}

TEST_F(AnyConnection, WorksAfterAThousandFailingStatements) {
    for_each([](Connection& connection) {
        for (int i = 0; i < 1'000; ++i) {
            EXPECT_THROW(connection.query_integer("SELECT abs(-9223372036854775807 - 1)"),
                         SQLite::Exception);
        }
        EXPECT_EQ(connection.query_integer("SELECT count(*) FROM clients"), 0);
    });
}

class Layout : public CatalogFixture {};

TEST_F(Layout, IsFixedWithTheFirstFile) {
    EXPECT_EQ(writer().query_integer("PRAGMA page_size"), 4096);
    EXPECT_EQ(writer().query_integer("PRAGMA auto_vacuum"), 2);
}

TEST_F(Layout, StaysWhenReopened) {
    reopen();
    EXPECT_EQ(writer().query_integer("PRAGMA page_size"), 4096);
    EXPECT_EQ(writer().query_integer("PRAGMA auto_vacuum"), 2);
}

TEST_F(Layout, LeavesCheckpointsToTheWriter) {
    EXPECT_EQ(writer().query_integer("PRAGMA wal_autocheckpoint"), 0);
}

class Reader : public CatalogFixture {
protected:
    void SetUp() override { save_files(save_client("one", 1), {"a"}); }
};

TEST_F(Reader, CannotWriteByAnyStatement) {
    const auto reader = new_reader();
    EXPECT_EQ(reader->query_integer("PRAGMA query_only"), 1);
    const auto before = everything();
    for (const char* const sql :
         {"DELETE FROM files", "UPDATE clients SET name = 'x'", "CREATE TABLE t (x)",
          "CREATE TEMP TABLE t (x)", "DROP TABLE files", "PRAGMA user_version = 9",
          "PRAGMA application_id = 9", "VACUUM", "VACUUM INTO '/tmp/never'", "REINDEX", "ANALYZE",
          "BEGIN IMMEDIATE", "ATTACH '/tmp/never' AS a",
          "PRAGMA query_only = OFF; DELETE FROM files"}) {
        EXPECT_THROW(reader->database().exec(sql), SQLite::Exception) << sql;
    }
    EXPECT_EQ(everything(), before);
}

TEST_F(Reader, NeverMovesTheLog) {
    const auto reader = new_reader();
    const auto size = std::filesystem::file_size(path());
    const auto log = std::filesystem::file_size(path() + "-wal");
    for (const char* const mode : {"PASSIVE", "FULL", "RESTART", "TRUNCATE"}) {
        reader->database().tryExec(std::string("PRAGMA wal_checkpoint(") + mode + ")");
    }
    reader->database().tryExec("PRAGMA journal_mode = DELETE");
    EXPECT_EQ(std::filesystem::file_size(path()), size);
    EXPECT_EQ(std::filesystem::file_size(path() + "-wal"), log);
}

TEST_F(Reader, SeesOneStateWhileASnapshotLives) {
    const auto reader = new_reader();
    {
        const Snapshot snapshot(*reader);
        EXPECT_EQ(reader->query_integer("SELECT count(*) FROM clients"), 1);
        save_client("two", 2);
        EXPECT_EQ(reader->query_integer("SELECT count(*) FROM clients"), 1);
    }
    EXPECT_EQ(reader->query_integer("SELECT count(*) FROM clients"), 2);
}

TEST_F(Reader, LeavesTheLogWhenItCloses) {
    auto reader = new_reader();
    reader->query_integer("SELECT count(*) FROM clients");
    reader.reset();
    EXPECT_GT(std::filesystem::file_size(path() + "-wal"), 0U);
    EXPECT_EQ(count("clients"), 1);
}

class ForMaintenance : public Reader {};

TEST_F(ForMaintenance, CannotWriteToTheCatalogByAnyStatement) {
    MaintenanceConnection connection({path()});
    const auto before = everything();
    for (const char* const sql :
         {"DELETE FROM files", "UPDATE clients SET name = 'x'", "CREATE TABLE t (x)",
          "DROP TABLE files", "PRAGMA user_version = 9", "VACUUM", "REINDEX", "ANALYZE"}) {
        EXPECT_THROW(connection.database().exec(sql), SQLite::Exception) << sql;
    }
    EXPECT_EQ(everything(), before);
}

TEST_F(ForMaintenance, CopiesTheCatalogByVacuumInto) {
    MaintenanceConnection connection({path()});
    connection.database().exec("VACUUM INTO '" + folder_.file("copy") + "'");
    EXPECT_EQ(sqlite3_tool(folder_.file("copy"), "SELECT name FROM clients").output, "one\n");
}

class ReaderDeadline : public Reader {
protected:
    static constexpr const char* endless =
        "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

    static int outcome_of_endless(ReadConnection& reader) {
        try {
            reader.query_integer(endless);
        } catch (const SQLite::Exception& failure) {
            return failure.getErrorCode();
        }
        return SQLITE_OK;
    }
};

TEST_F(ReaderDeadline, EndsALongStatementOnceItHasPassed) {
    const auto reader = new_reader();
    int asked = 0;
    const ReadConnection::Deadline deadline(*reader, [&] { return ++asked == 100; });
    EXPECT_EQ(outcome_of_endless(*reader), SQLITE_INTERRUPT);
    EXPECT_EQ(asked, 100);
}

TEST_F(ReaderDeadline, LeavesTheConnectionWorking) {
    const auto reader = new_reader();
    for (int i = 0; i < 1'000; ++i) {
        const ReadConnection::Deadline deadline(*reader, [] { return true; });
        EXPECT_EQ(outcome_of_endless(*reader), SQLITE_INTERRUPT);
    }
    EXPECT_EQ(files::list(*reader, 1, "", 10).records.size(), 1U);
}

TEST_F(ReaderDeadline, EndsWithItsObject) {
    const auto reader = new_reader();
    {
        const ReadConnection::Deadline past(*reader, [] { return true; });
    }
    EXPECT_EQ(
        reader->query_integer("WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n "
                              "WHERE i < 100000) SELECT count(*) FROM n"),
        100'000);
}

TEST_F(ReaderDeadline, LeavesNoSnapshotBehind) {
    const auto reader = new_reader();
    {
        const Snapshot snapshot(*reader);
        const ReadConnection::Deadline past(*reader, [] { return true; });
        outcome_of_endless(*reader);
    }
    EXPECT_TRUE(writer().checkpoint(WriteConnection::Checkpoint::truncate, milliseconds(0)));
}

}  // namespace
}  // namespace catalogd::catalog

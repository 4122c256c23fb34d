// The write-ahead log: checkpoints, and that the files stay where and whose they are.

#include "tests/catalog/catalog_fixture.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog {
namespace {

using std::chrono::milliseconds;
using Checkpoint = WriteConnection::Checkpoint;

class LogFile : public CatalogFixture {
protected:
    void SetUp() override { client_ = save_client("one", 1); }

    [[nodiscard]] std::uintmax_t log_size() const {
        return std::filesystem::file_size(path() + "-wal");
    }
    std::int64_t client_ = 0;
};

TEST_F(LogFile, GrowsWithCommitsAndIsCountedInBytes) {
    const std::int64_t before = writer().log_bytes();
    save_files(client_, {"a", "b"});
    EXPECT_GT(writer().log_bytes(), before);
    EXPECT_LE(writer().log_bytes(), static_cast<std::int64_t>(log_size()));
}

TEST_F(LogFile, IsCopiedByAPassiveCheckpoint) {
    EXPECT_TRUE(writer().checkpoint(Checkpoint::passive, milliseconds(0)));
    crash();
    std::filesystem::remove(path() + "-wal");
    reopen();
    EXPECT_EQ(count("clients"), 1);
}

TEST_F(LogFile, StartsAgainAfterARestartCheckpoint) {
    EXPECT_TRUE(writer().checkpoint(Checkpoint::restart, milliseconds(0)));
    EXPECT_EQ(writer().log_bytes(), 0);
    save_files(client_, {"a"});
    EXPECT_LT(writer().log_bytes(), 10 * 4096);
}

TEST_F(LogFile, IsEmptyAfterATruncatingCheckpoint) {
    EXPECT_TRUE(writer().checkpoint(Checkpoint::truncate, milliseconds(0)));
    EXPECT_EQ(log_size(), 0U);
    EXPECT_TRUE(writer().files_in_place());
}

TEST_F(LogFile, IsNotRestartedUnderAReadersSnapshot) {
    const auto reader = new_reader();
    const Snapshot snapshot(*reader);
    reader->query_integer("SELECT count(*) FROM clients");
    save_files(client_, {"a"});
    EXPECT_FALSE(writer().checkpoint(Checkpoint::restart, milliseconds(1)));
    EXPECT_FALSE(writer().checkpoint(Checkpoint::passive, milliseconds(0)));
    EXPECT_EQ(count("files"), 1);
}

TEST_F(LogFile, StaysWhenTheWriterAbandonsIt) {
    crash();
    EXPECT_GT(log_size(), 0U);
    reopen();
    EXPECT_EQ(count("clients"), 1);
}

TEST_F(LogFile, GoesWhenTheWriterCloses) {
    close();
    EXPECT_FALSE(std::filesystem::exists(path() + "-wal"));
}

TEST_F(LogFile, IsMissedWhenDeleted) {
    EXPECT_TRUE(writer().files_in_place());
    std::filesystem::remove(path() + "-wal");
    EXPECT_FALSE(writer().files_in_place());
}

TEST_F(LogFile, IsMissedWhenAnotherIsInItsPlace) {
    std::filesystem::remove(path() + "-wal");
    write_file(path() + "-wal", "another");
    EXPECT_FALSE(writer().files_in_place());
}

TEST_F(LogFile, IsNotEnoughWhenTheDatabaseIsDeleted) {
    std::filesystem::remove(path());
    EXPECT_FALSE(writer().files_in_place());
}

TEST_F(LogFile, IsNotEnoughWhenAnotherDatabaseIsInItsPlace) {
    std::filesystem::rename(path(), path() + ".away");
    write_file(path(), "another");
    EXPECT_FALSE(writer().files_in_place());
}

class Outsider : public LogFile {
protected:
    void expect_locked(const std::string& sql) {
        const ToolResult tool = sqlite3_tool(path(), sql);
        EXPECT_NE(tool.exit_status, 0) << sql;
        EXPECT_THAT(tool.output, testing::HasSubstr("database is locked")) << sql;
    }
    void expect_all_locked() {
        expect_locked("SELECT count(*) FROM clients");
        expect_locked("DELETE FROM clients");
        expect_locked("PRAGMA wal_checkpoint(TRUNCATE); SELECT 1 FROM clients");
        EXPECT_FALSE(std::filesystem::exists(path() + "-shm"));
    }
};

TEST_F(Outsider, GetsBusyWhileTheWriterIsOpen) {
    expect_all_locked();
    EXPECT_EQ(count("clients"), 1);
}

TEST_F(Outsider, GetsBusyWhileAndAfterReadersAreOpen) {
    auto reader = new_reader();
    reader->query_integer("SELECT count(*) FROM clients");
    expect_all_locked();
    reader.reset();
    expect_all_locked();
    EXPECT_EQ(count("clients"), 1);
}

TEST_F(Outsider, GetsBusyAfterACheckpointAndInATransaction) {
    writer().checkpoint(Checkpoint::truncate, milliseconds(0));
    expect_all_locked();
    const WriteTransaction transaction(writer(), now);
    expect_all_locked();
}

TEST_F(Outsider, GetsInOnceTheCatalogIsClosed) {
    close();
    EXPECT_EQ(sqlite3_tool(path(), "SELECT name FROM clients").output, "one\n");
}

}  // namespace
}  // namespace catalogd::catalog

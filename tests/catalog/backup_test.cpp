#include "catalog/backup.h"

#include "tests/catalog/catalog_fixture.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog {
namespace {

using testing::HasSubstr;

class Backup : public CatalogFixture {
protected:
    void SetUp() override { save_files(save_client("one", 1), {"a", "b"}); }

    [[nodiscard]] std::string copy() const { return folder_.file("copy"); }
    std::string in_copy(const std::string& sql) const { return sqlite3_tool(copy(), sql).output; }
    std::string refusal() {
        try {
            back_up_once(writer(), copy());
        } catch (const Unusable& failure) {
            return failure.what();
        }
        return "";
    }
};

TEST_F(Backup, HoldsEverythingAndIsSound) {
    back_up_once(writer(), copy());
    EXPECT_EQ(in_copy("SELECT name FROM files"), "a\nb\n");
    EXPECT_EQ(in_copy("PRAGMA integrity_check; PRAGMA foreign_key_check"), "ok\n");
    EXPECT_EQ(in_copy("PRAGMA user_version; PRAGMA page_size; PRAGMA auto_vacuum"),
              std::to_string(migrations().size()) + "\n4096\n2\n");
}

TEST_F(Backup, IsAFileAlone) {
    back_up_once(writer(), copy());
    in_copy("SELECT count(*) FROM files");
    for (const char* const beside : {"-wal", "-shm", "-journal", ".unfinished"}) {
        EXPECT_FALSE(std::filesystem::exists(copy() + beside)) << beside;
    }
}

TEST_F(Backup, LeavesTheCatalogOpenToWork) {
    back_up_once(writer(), copy());
    EXPECT_THAT(sqlite3_tool(path(), "SELECT 1 FROM clients").output,
                HasSubstr("database is locked"));
    save_client("two", 2);
    EXPECT_TRUE(writer().files_in_place());
}

TEST_F(Backup, KeepsASoundCopyThatIsThere) {
    back_up_once(writer(), copy());
    save_client("two", 2);
    back_up_once(writer(), copy());
    EXPECT_EQ(in_copy("SELECT count(*) FROM clients"), "1\n");
}

TEST_F(Backup, ReplacesWhatIsNoCopy) {
    for (const std::string& content : {std::string(), std::string(9'000, 'x')}) {
        write_file(copy(), content);
        back_up_once(writer(), copy());
        EXPECT_EQ(in_copy("SELECT count(*) FROM files"), "2\n");
    }
}

TEST_F(Backup, ReplacesTheRestOfAnEarlierAttempt) {
    write_file(copy() + ".unfinished", std::string(9'000, 'x'));
    back_up_once(writer(), copy());
    EXPECT_EQ(in_copy("SELECT count(*) FROM files"), "2\n");
}

TEST_F(Backup, RefusesAPlaceThatCannotBeWritten) {
    std::filesystem::create_directory(copy() + ".unfinished");
    EXPECT_THAT(refusal(), HasSubstr(copy() + ".unfinished"));
    EXPECT_FALSE(std::filesystem::exists(copy()));
}

}  // namespace
}  // namespace catalogd::catalog

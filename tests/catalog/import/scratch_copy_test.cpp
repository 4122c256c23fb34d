// Taking a copy of a file that somebody named: what is refused, and that nothing stays.
#include "catalog/import/scratch_copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "tests/catalog/catalog_fixture.h"
#include "tests/catalog/import/old_server.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog::import {
namespace {

using testing::HasSubstr;

class ScratchCopyTest : public CatalogFixture {
protected:
    [[nodiscard]] std::string old() const { return folder_.file("defensive.db"); }
    [[nodiscard]] std::string scratch() const { return path() + ".import"; }
    [[nodiscard]] ScratchCopy copy(const std::string& of) const {
        return {of, path(), [] { return false; }};
    }
    [[nodiscard]] std::string refusal(const std::string& of) const {
        try {
            const ScratchCopy copied = copy(of);
        } catch (const UnfitPath& refusal) {
            EXPECT_FALSE(std::filesystem::exists(scratch()));
            return refusal.reason;
        }
        return "";
    }
};

TEST_F(ScratchCopyTest, HasTheFileAndWhatLiesBesideIt) {
    write_file(old(), "database");
    write_file(old() + "-wal", "log");
    write_file(old() + "-journal", "journal");
    const ScratchCopy copied = copy(old());
    EXPECT_EQ(content_of(copied.database()), "database");
    EXPECT_EQ(content_of(copied.database() + "-wal"), "log");
    EXPECT_EQ(content_of(copied.database() + "-journal"), "journal");
}

TEST_F(ScratchCopyTest, IsForItsOwnerAloneAndGoneInTheEnd) {
    write_file(old(), "database");
    {
        const ScratchCopy copied = copy(old());
        struct stat status{};
        ASSERT_EQ(::stat(copied.database().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, 0600U);
        ASSERT_EQ(::stat(scratch().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, 0700U);
    }
    EXPECT_FALSE(std::filesystem::exists(scratch()));
}

TEST_F(ScratchCopyTest, TakesThePlaceOfWhatAKillHasLeft) {
    std::filesystem::create_directory(scratch());
    write_file(scratch() + "/old.db", "of another import");
    write_file(old(), "database");
    EXPECT_EQ(content_of(copy(old()).database()), "database");
}

TEST_F(ScratchCopyTest, HasOneDigestForOneContent) {
    write_file(old(), "database");
    const std::string first = copy(old()).digest();
    EXPECT_EQ(copy(old()).digest(), first);
    write_file(old(), "databasf");
    EXPECT_NE(copy(old()).digest(), first);
    EXPECT_EQ(first.size(), 16U);
}

TEST_F(ScratchCopyTest, RefusesWhatIsNoFileToRead) {
    EXPECT_THAT(refusal("defensive.db"), HasSubstr("absolute path"));
    EXPECT_THAT(refusal(old()), HasSubstr("there is no file"));
    EXPECT_THAT(refusal(folder_.path()), HasSubstr("not a regular file"));
    EXPECT_THAT(refusal("/dev/zero"), HasSubstr("not a regular file"));
    ASSERT_EQ(::mkfifo(old().c_str(), 0600), 0);
    EXPECT_THAT(refusal(old()), HasSubstr("not a regular file"));
}

TEST_F(ScratchCopyTest, RefusesALink) {
    write_file(folder_.file("elsewhere"), "database");
    std::filesystem::create_symlink(folder_.file("elsewhere"), old());
    EXPECT_THAT(refusal(old()), HasSubstr("symbolic link"));
    std::filesystem::remove(old());
    write_file(old(), "database");
    std::filesystem::create_symlink(folder_.file("elsewhere"), old() + "-wal");
    EXPECT_THAT(refusal(old()), HasSubstr("symbolic link"));
}

TEST_F(ScratchCopyTest, SaysWhatToDoWhereTheFileIsNotReadable) {
    close();  // connections must not cross the fork
    write_file(old(), "database");
    ::chmod(old().c_str(), 0600);
    ::chmod(folder_.path().c_str(), 0777);
    EXPECT_THAT(as_nobody([this] { return refusal(old()); }),
                HasSubstr("copy it to a folder where that user may"));
}

// Closing a descriptor of the catalog's own file would let an outsider in.
TEST_F(ScratchCopyTest, NeverOpensTheCatalogsOwnFiles) {
    save_client("kept", 1);
    EXPECT_THAT(refusal(path()), HasSubstr("the catalog's own file"));
    std::filesystem::create_hard_link(path(), folder_.file("alias"));
    EXPECT_THAT(refusal(folder_.file("alias")), HasSubstr("the catalog's own file"));
    write_file(old(), "database");
    std::filesystem::create_hard_link(path() + "-wal", old() + "-wal");
    EXPECT_THAT(refusal(old()), HasSubstr("the catalog's own file"));
    EXPECT_THAT(sqlite3_tool(path(), "SELECT count(*) FROM clients").output, HasSubstr("locked"));
}

TEST_F(ScratchCopyTest, RefusesAFileThatChangesMeanwhile) {
    write_file(old(), std::string(std::size_t{3} << 20, 'x'));
    const auto write_on = [this] {
        std::ofstream(old(), std::ios::app) << "more";
        return false;
    };
    EXPECT_THROW(ScratchCopy(old(), path(), write_on), NotImportable);
    EXPECT_FALSE(std::filesystem::exists(scratch()));
}

TEST_F(ScratchCopyTest, EndsWhereItIsStopped) {
    write_file(old(), "database");
    EXPECT_THROW(ScratchCopy(old(), path(), [] { return true; }), Stopped);
    EXPECT_FALSE(std::filesystem::exists(scratch()));
}

}  // namespace
}  // namespace catalogd::catalog::import

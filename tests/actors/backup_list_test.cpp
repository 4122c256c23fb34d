// Which backups there are, as who does not read the folder is told.
#include "actors/backup_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/catalog/temp_folder.h"

namespace catalogd::actors {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class BackupListTest : public testing::Test {
protected:
    // A backup of one byte.
    void add(const std::string& name, std::int64_t created,
             std::optional<std::int64_t> proven = {}) {
        store.make_folder();
        catalog::write_file(folder.file("new"), "x");
        catalog::backups::Manifest manifest;
        manifest.created = created;
        manifest.bytes = 1;
        manifest.sha256 = "0";
        manifest.proven = proven;
        store.add(folder.file("new"), {name, manifest, ""});
    }
    std::shared_ptr<const BackupList::Look> look() {
        list.look();
        return list.latest();
    }

    const catalog::TempFolder folder{catalog::TempFolder::fast()};
    const catalog::backups::Store store{folder.file("backups"), 0};
    BackupList list{store};
};

TEST_F(BackupListTest, IsEmptyWhereThereIsNoFolder) {
    EXPECT_THAT(look()->newest.backups, IsEmpty());
    EXPECT_EQ(look()->total, 0U);
    EXPECT_EQ(look()->last_proven, std::nullopt);
}

TEST_F(BackupListTest, StaysAsTheLastLookFoundIt) {
    const auto before = look();
    add("one", 1);
    EXPECT_THAT(list.latest()->newest.backups, IsEmpty());
    EXPECT_THAT(look()->newest.backups, SizeIs(1));
    EXPECT_THAT(before->newest.backups, IsEmpty()) << "who has one keeps it";
}

TEST_F(BackupListTest, HoldsTheNewestAndCountsAll) {
    for (int i = 0; i < 23; ++i) {
        add("b" + std::to_string(i), i);
    }
    EXPECT_THAT(look()->newest.backups, SizeIs(BackupList::most_told));
    EXPECT_EQ(look()->newest.backups.front().name, "b22");
    EXPECT_EQ(look()->total, 23U);
}

TEST_F(BackupListTest, KnowsTheLastProofOfThoseTooThatItDoesNotHold) {
    add("old", 0, 7'000);
    for (int i = 1; i <= 20; ++i) {
        add("b" + std::to_string(i), i, i);
    }
    EXPECT_EQ(look()->last_proven, 7'000);
    store.remove("old");
    EXPECT_EQ(look()->last_proven, 20);
}

TEST_F(BackupListTest, CountsNoProofOfABackupThatIsNotWhole) {
    add("one", 1, 5);
    catalog::write_file(store.path("one"), "longer");
    EXPECT_EQ(look()->last_proven, std::nullopt);
    EXPECT_EQ(look()->newest.backups.at(0).problem, "its file has another size than was noted");
}

}  // namespace
}  // namespace catalogd::actors

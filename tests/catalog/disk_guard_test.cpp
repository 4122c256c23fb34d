#include "catalog/disk_guard.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "catalog/failure.h"
#include "tests/catalog/temp_folder.h"

namespace catalogd::catalog {
namespace {

using testing::HasSubstr;

constexpr std::int64_t mebibyte = 1 << 20;

class DiskGuardTest : public testing::Test {
protected:
    // Whether any write may take room, with so much of the disk free.
    bool open_at(std::int64_t free) {
        disk.free = free;
        return guard.look().empty();
    }
    [[nodiscard]] bool reserve_is_there() const {
        return std::filesystem::exists(folder.file("catalog.db.reserve"));
    }

    TempFolder folder{TempFolder::fast()};
    DiskGuard::Disk disk{1'000 * mebibyte, 500 * mebibyte};
    bool fails = false;
    DiskGuard guard{
        folder.file("catalog.db"), {40 * mebibyte, mebibyte}, [this](const std::string&) {
            if (fails) {
                throw Unusable(Unusable::Kind::unwritable, "no such disk");
            }
            return disk;
        }};
};

TEST_F(DiskGuardTest, LetsEverythingThroughAboveTheFloor) {
    EXPECT_TRUE(open_at(500 * mebibyte));
    EXPECT_TRUE(open_at(40 * mebibyte));
    EXPECT_FALSE(open_at(40 * mebibyte - 1));
    EXPECT_THAT(guard.look(), HasSubstr("41943039 bytes are free, and 41943040 must stay so"));
}

TEST_F(DiskGuardTest, GoesBackByItselfWithSomeRoomToSpare) {
    EXPECT_TRUE(open_at(100 * mebibyte));
    EXPECT_FALSE(open_at(39 * mebibyte));
    EXPECT_FALSE(open_at(41 * mebibyte)) << "or it would come and go with every write";
    EXPECT_FALSE(open_at(49 * mebibyte));
    EXPECT_TRUE(open_at(50 * mebibyte));
    EXPECT_TRUE(open_at(41 * mebibyte));
}

TEST_F(DiskGuardTest, KeepsAReserveOfItsSize) {
    open_at(500 * mebibyte);
    ASSERT_TRUE(reserve_is_there());
    EXPECT_EQ(std::filesystem::file_size(folder.file("catalog.db.reserve")), mebibyte);
}

TEST_F(DiskGuardTest, GivesTheReserveUpWhereTheRestIsNearlyUsedAndMakesItAgain) {
    open_at(500 * mebibyte);
    open_at(30 * mebibyte);
    EXPECT_TRUE(reserve_is_there());
    open_at(19 * mebibyte);
    EXPECT_FALSE(reserve_is_there());
    EXPECT_FALSE(open_at(50 * mebibyte)) << "the reserve has to fit too";
    EXPECT_TRUE(open_at(51 * mebibyte));
    EXPECT_TRUE(reserve_is_there());
}

TEST_F(DiskGuardTest, FindsTheReserveOfADaemonBeforeIt) {
    open_at(500 * mebibyte);
    const DiskGuard next(folder.file("catalog.db"), {40 * mebibyte, mebibyte});
    EXPECT_TRUE(next.has_reserve());
}

TEST_F(DiskGuardTest, TakesNoMoreThanASixteenthOfASmallDisk) {
    disk.size = 16 * mebibyte;
    EXPECT_TRUE(open_at(2 * mebibyte));
    EXPECT_FALSE(open_at(mebibyte - 1));
}

TEST_F(DiskGuardTest, WatchesNothingWithoutAFloor) {
    guard.set_limits({});
    EXPECT_TRUE(open_at(0));
    EXPECT_FALSE(reserve_is_there());
}

TEST_F(DiskGuardTest, StaysAsItWasWhereTheDiskCannotBeLookedAt) {
    fails = true;
    EXPECT_TRUE(open_at(0));
    fails = false;
    EXPECT_FALSE(open_at(0));
    fails = true;
    EXPECT_FALSE(open_at(500 * mebibyte));
}

TEST_F(DiskGuardTest, SeesTheDiskThatTheDatabaseIsOn) {
    const auto seen = DiskGuard::look_at(folder.path());
    EXPECT_GT(seen.size, 0);
    EXPECT_LE(seen.free, seen.size);
}

}  // namespace
}  // namespace catalogd::catalog

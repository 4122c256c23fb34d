#include "catalog/storage.h"

#include <sys/stat.h>
#include <unistd.h>

#include "tests/catalog/catalog_fixture.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog {
namespace {

using testing::HasSubstr;

class Storage : public testing::Test {
protected:
    static std::string refusal_of(const std::string& path) {
        try {
            check_storage(path);
        } catch (const Unusable& refusal) {
            return refusal.what();
        }
        return "";
    }
    TempFolder folder_{TempFolder::fast()};
};

TEST_F(Storage, TakesALocalFolder) {
    EXPECT_EQ(refusal_of(folder_.file("catalog.db")), "");
    EXPECT_EQ(refusal_of("catalog.db"), "");
}

TEST_F(Storage, RefusesAMissingFolderByName) {
    EXPECT_EQ(refusal_of(folder_.file("none/catalog.db")),
              "the database's folder " + folder_.file("none") + ": No such file or directory");
}

TEST_F(Storage, RefusesAFolderThatIsNotWritable) {
    ::chmod(folder_.path().c_str(), 0555);
    EXPECT_EQ(as_nobody([&] { return refusal_of(folder_.file("catalog.db")); }),
              "the database's folder " + folder_.path() + " is not writable: Permission denied");
}

TEST_F(Storage, RefusesAFolderThatOthersMayNotEnter) {
    ::chmod(folder_.path().c_str(), 0700);
    EXPECT_THAT(as_nobody([&] { return refusal_of(folder_.file("catalog.db")); }),
                HasSubstr("Permission denied"));
}

TEST_F(Storage, NamesWhoHasAFileLocked) {
    const HoldingProcess holder(folder_.file("catalog.db"));
    EXPECT_THAT(lock_holder(folder_.file("catalog.db")),
                testing::StartsWith("process " + std::to_string(holder.pid()) + " (catalog"));
}

TEST_F(Storage, NamesNobodyWhereNobodyHasALock) {
    write_file(folder_.file("free"), "x");
    EXPECT_EQ(lock_holder(folder_.file("free")), "");
    EXPECT_EQ(lock_holder(folder_.file("none")), "");
}

TEST_F(Storage, LeavesTheLocksOfTheHolder) {
    const HoldingProcess holder(folder_.file("catalog.db"));
    lock_holder(folder_.file("catalog.db"));
    EXPECT_NE(lock_holder(folder_.file("catalog.db")), "");
}

}  // namespace
}  // namespace catalogd::catalog

#include "cli/walk.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "tests/cli/temp_tree.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class WalkTest : public ::testing::Test {
protected:
    std::vector<std::string> visited() {
        std::vector<std::string> names;
        auto walk = Walk::open(tree_.path());
        while (const auto entry = walk->next()) {
            names.push_back(entry->error == 0 ? entry->name
                                              : "cannot read " + std::to_string(entry->error));
        }
        return names;
    }

    TempTree tree_;
};

TEST_F(WalkTest, VisitsEveryRegularFileBelow) {
    tree_.write("a");
    tree_.write("b/c/d");
    tree_.write(".hidden");
    std::filesystem::create_directory(tree_.path("empty"));
    EXPECT_THAT(visited(), ElementsAre(".hidden", "a", "b/c/d"));
}

TEST_F(WalkTest, GoesInTheOrderOfWholeNamesByteForByte) {
    for (const char* name : {"b", "a/x", "a.txt", "a0", "B", "\xC3\xA9", "a-b/y"}) {
        tree_.write(name);
    }
    EXPECT_THAT(visited(), ElementsAre("B", "a-b/y", "a.txt", "a/x", "a0", "b", "\xC3\xA9"));
}

TEST_F(WalkTest, FollowsNoSymbolicLink) {
    TempTree elsewhere;
    elsewhere.write("secret");
    tree_.write("a");
    std::filesystem::create_symlink(elsewhere.path(), tree_.path("directory"));
    std::filesystem::create_symlink(tree_.path("a"), tree_.path("file"));
    EXPECT_THAT(visited(), ElementsAre("a"));
}

TEST_F(WalkTest, PassesOverWhatIsNoFile) {
    ASSERT_EQ(::mkfifo(tree_.path("pipe").c_str(), 0600), 0);
    EXPECT_THAT(visited(), IsEmpty());
}

TEST_F(WalkTest, KeepsTheBytesOfANameThatIsNotUtf8) {
    tree_.write("\xFF/\xFE");
    EXPECT_THAT(visited(), ElementsAre("\xFF/\xFE"));
}

TEST_F(WalkTest, GoesDeeperThanAPathMayBeLong) {
    const std::string segment(250, 'd');
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(tree_.path());
    for (int i = 0; i < 20; ++i) {
        std::filesystem::create_directory(segment);
        std::filesystem::current_path(segment);
    }
    std::ofstream("deep") << "content";
    std::filesystem::current_path(before);
    EXPECT_THAT(visited(), ElementsAre(testing::SizeIs(20 * 251 + 4)));
}

TEST_F(WalkTest, GoesOnAfterADirectoryThatVanishes) {
    tree_.write("a/x");
    tree_.write("b");
    auto walk = Walk::open(tree_.path());
    std::filesystem::remove_all(tree_.path("a"));
    const auto gone = walk->next();
    EXPECT_EQ(gone->name, "a/");
    EXPECT_EQ(gone->error, ENOENT);
    EXPECT_EQ(walk->next()->name, "b");
}

TEST_F(WalkTest, RefusesWhatIsNoDirectory) {
    tree_.write("a");
    EXPECT_EQ(Walk::open(tree_.path("a")).error().code, ExitCode::usage);
    EXPECT_EQ(Walk::open(tree_.path("none")).error().code, ExitCode::usage);
}

}  // namespace
}  // namespace catalogd::cli

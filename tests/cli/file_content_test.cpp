#include "cli/file_content.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/cli/temp_tree.h"

namespace catalogd::cli {
namespace {

bool read_on(std::size_t) {
    return true;
}

class FileContentTest : public ::testing::Test {
protected:
    OrReason<FileContent> content(const std::string& name, const OnRead& on_read = read_on) {
        return file_content(AT_FDCWD, tree_.path(name).c_str(), on_read);
    }
    OrReason<FileState> state(const std::string& name) {
        return file_state(AT_FDCWD, tree_.path(name).c_str());
    }

    TempTree tree_;
};

TEST(Crc32, HasTheKnownCheckValue) {
    EXPECT_EQ(crc32(0, "123456789"), 0xcbf43926U);
    EXPECT_EQ(crc32(crc32(0, "1234"), "56789"), 0xcbf43926U);
    EXPECT_EQ(crc32(0, ""), 0U);
}

TEST_F(FileContentTest, HasSizeTimeAndChecksum) {
    tree_.write("a", "123456789");
    const auto read = content("a");
    EXPECT_EQ(read->state.size, 9);
    EXPECT_EQ(protocol::to_text(*read->state.modified), "2025-01-10T12:00:00.000Z");
    EXPECT_EQ(read->crc, 0xcbf43926);
}

TEST_F(FileContentTest, OfALargeFileIsReadInPieces) {
    const std::string bytes(1'000'000, 'x');
    tree_.write("a", bytes);
    std::size_t pieces = 0;
    std::size_t seen = 0;
    const auto read = content("a", [&](std::size_t size) { return ++pieces, seen += size, true; });
    EXPECT_EQ(read->crc, crc32(0, bytes));
    EXPECT_EQ(seen, bytes.size());
    EXPECT_GT(pieces, 1U);
}

TEST_F(FileContentTest, CutsTimesToMillisecondsAlsoBeforeTheEpoch) {
    tree_.write("a");
    tree_.set_time("a", std::chrono::nanoseconds(1'999'999));
    EXPECT_EQ(state("a")->modified->milliseconds, 1);
    tree_.set_time("a", std::chrono::nanoseconds(-1));
    EXPECT_EQ(state("a")->modified->milliseconds, -1);
}

TEST_F(FileContentTest, OfAChangingFileIsRefused) {
    tree_.write("a");
    const auto grow = [&](std::size_t) {
        std::ofstream(tree_.path("a"), std::ios::app) << "more";
        return true;
    };
    EXPECT_EQ(content("a", grow).error(), "it changes while it is read");
}

TEST_F(FileContentTest, OfAFileThatChangedOnceIsReadAgain) {
    tree_.write("a", "old");
    int times = 0;
    const auto replace = [&](std::size_t) {
        if (++times == 1) {
            tree_.write("a", "newer");
        }
        return true;
    };
    EXPECT_EQ(content("a", replace)->crc, crc32(0, "newer"));
}

TEST_F(FileContentTest, EndsWhereItIsToldTo) {
    tree_.write("a");
    EXPECT_FALSE(content("a", [](std::size_t) { return false; }));
}

TEST_F(FileContentTest, NeverGoesThroughALinkOrAPipe) {
    tree_.write("a");
    std::filesystem::create_symlink(tree_.path("a"), tree_.path("link"));
    ASSERT_EQ(::mkfifo(tree_.path("pipe").c_str(), 0600), 0);
    EXPECT_FALSE(content("link"));
    EXPECT_EQ(content("pipe").error(), "it is no regular file any more");
    EXPECT_FALSE(state("link"));
}

TEST_F(FileContentTest, OfNothingSaysThatItVanished) {
    EXPECT_EQ(content("none").error(), "it vanished");
    EXPECT_EQ(state("none").error(), "it vanished");
}

}  // namespace
}  // namespace catalogd::cli

#include "config/nearest.h"

#include <gtest/gtest.h>

namespace catalogd::config {
namespace {

const std::vector<std::string> kKnown{"queue", "queue_bytes", "batch", "wal_limit"};

std::string nearest_to(std::string_view name) {
    const auto found = nearest(name, kKnown);
    return found ? kKnown[*found] : "none";
}

TEST(Nearest, FindsLettersLeftOutInsertedChangedAndSwapped) {
    EXPECT_EQ(nearest_to("queu"), "queue");
    EXPECT_EQ(nearest_to("queuee"), "queue");
    EXPECT_EQ(nearest_to("quete"), "queue");
    EXPECT_EQ(nearest_to("qeueu_byets"), "queue_bytes");
    EXPECT_EQ(nearest_to("wal-limit"), "wal_limit");
}

TEST(Nearest, PrefersTheFewestChanges) {
    EXPECT_EQ(nearest_to("queue_byte"), "queue_bytes");
    EXPECT_EQ(nearest_to("queue_"), "queue");
}

TEST(Nearest, CountsASwapAsOneChange) {
    EXPECT_EQ(nearest("ab", {"ba"}), std::optional<std::size_t>(0));
    EXPECT_EQ(nearest("ab", {"cd"}), std::nullopt);
}

TEST(Nearest, FindsNothingWhereMoreThanHalfDiffers) {
    EXPECT_EQ(nearest_to("owner"), "none");
    EXPECT_EQ(nearest_to(""), "none");
    EXPECT_EQ(nearest_to(std::string(1000, 'q')), "none");
}

}  // namespace
}  // namespace catalogd::config

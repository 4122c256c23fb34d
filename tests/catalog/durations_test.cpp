#include "catalog/durations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace catalogd::catalog {
namespace {

TEST(DurationsTest, LieInARangeAnEighthWide) {
    for (std::int64_t value = 2'048; value < (std::int64_t{1} << 41); value += value / 7) {
        const std::size_t range = Durations::range_of(value);
        EXPECT_LT(value, Durations::end_of(range)) << value;
        EXPECT_GE(value, Durations::end_of(range - 1)) << value;
        EXPECT_LE(Durations::end_of(range) - Durations::end_of(range - 1), value / 8 + 1);
    }
}

TEST(DurationsTest, TakeAnyValueAtAll) {
    EXPECT_EQ(Durations::range_of(0), 0U);
    EXPECT_EQ(Durations::range_of(-5), 0U);
    EXPECT_EQ(Durations::range_of(INT64_MAX), Durations::ranges - 1);
}

TEST(DurationsTest, TellAPercentileToAnEighth) {
    std::mt19937 random(7);
    for (const int size : {1, 2, 99, 100, 101, 5'000}) {
        Durations durations;
        std::vector<std::int64_t> plain;
        for (int i = 0; i < size; ++i) {
            const auto shift = static_cast<int>(random() % 20);
            plain.push_back((std::int64_t{2'048} + static_cast<std::int64_t>(random() % 2'048))
                            << shift);
            durations.add(plain.back());
        }
        std::ranges::sort(plain);
        const std::int64_t exact = plain[static_cast<std::size_t>((size * 99 + 99) / 100 - 1)];
        EXPECT_GT(durations.percentile(99), exact) << size;
        EXPECT_LE(durations.percentile(99), exact + exact / 8 + 1) << size;
    }
    EXPECT_EQ(Durations().percentile(99), 0);
}

TEST(DurationsTest, AreTheSameWhenTheyWerePacked) {
    Durations durations;
    for (int i = 0; i < 300; ++i) {
        durations.add(1'000 * i * i);
    }
    for (int i = 0; i < 20'000; ++i) {
        durations.add(5);
    }
    Durations again;
    again.add_packed(durations.packed());
    EXPECT_EQ(again.packed(), durations.packed());
    EXPECT_EQ(again.count(), 20'300);
    EXPECT_LT(durations.packed().size(), 400U);
    EXPECT_EQ(Durations().packed(), "");
}

TEST(DurationsTest, TakePackedBytesOfAnyKind) {
    std::mt19937 random(7);
    for (int i = 0; i < 1'000; ++i) {
        Bytes bytes(random() % 40, '\0');
        std::ranges::generate(bytes, [&] { return static_cast<char>(random()); });
        Durations durations;
        durations.add_packed(bytes);
        EXPECT_GE(durations.percentile(100), 0);
    }
}

}  // namespace
}  // namespace catalogd::catalog

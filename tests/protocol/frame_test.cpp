#include "protocol/frame.h"

#include <gmock/gmock.h>

#include <cstring>
#include <random>
#include <vector>

namespace catalogd::protocol {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Frames = std::vector<std::string>;

// A stream's far end: bytes arrive, frames come out.
struct Stream {
    FrameReader reader;
    Frames frames;

    explicit Stream(std::size_t limit = frame_limit) : reader(limit) {}

    void arrive(std::string_view bytes) {
        const auto room = reader.prepare(bytes.size());
        ASSERT_GE(room.size(), bytes.size());
        std::memcpy(room.data(), bytes.data(), bytes.size());
        reader.commit(bytes.size());
        while (const auto frame = reader.next()) {
            frames.emplace_back(*frame);
        }
    }
};

std::string operator""_nul(const char* text, std::size_t size) {
    return std::string(text, size) + '\0';
}

TEST(Frame, IsWhatComesBeforeANul) {
    Stream stream;
    stream.arrive("{}"_nul);
    EXPECT_THAT(stream.frames, ElementsAre("{}"));
}

TEST(Frame, IsTheSameHoweverItIsSplit) {
    const std::string bytes = "first"_nul + ""_nul + "third"_nul;
    for (std::size_t i = 0; i <= bytes.size(); ++i) {
        for (std::size_t j = i; j <= bytes.size(); ++j) {
            Stream stream;
            stream.arrive(bytes.substr(0, i));
            stream.arrive(bytes.substr(i, j - i));
            stream.arrive(bytes.substr(j));
            EXPECT_THAT(stream.frames, ElementsAre("first", "", "third")) << i << ' ' << j;
            EXPECT_TRUE(stream.reader.empty());
        }
    }
}

TEST(Frame, ManyComeOutOfOneChunk) {
    Stream stream;
    std::string bytes;
    Frames expected;
    for (int i = 0; i < 10'000; ++i) {
        expected.push_back(std::to_string(i));
        bytes += expected.back() + '\0';
    }
    stream.arrive(bytes + "rest");
    EXPECT_EQ(stream.frames, expected);
    EXPECT_FALSE(stream.reader.empty());
}

TEST(Frame, StaysValidWhileLaterOnesWait) {
    FrameReader reader;
    const std::string bytes = "first"_nul + "second"_nul;
    std::ranges::copy(bytes, reader.prepare(bytes.size()).begin());
    reader.commit(bytes.size());
    const auto first = reader.next();
    ASSERT_TRUE(first);
    EXPECT_EQ(*first, "first");
    EXPECT_FALSE(reader.empty());
}

TEST(Frame, OfTheLimitPassesAndOneByteMoreDoesNot) {
    Stream exact(8);
    exact.arrive("12345678");
    EXPECT_FALSE(exact.reader.oversized());
    exact.arrive(""_nul);
    EXPECT_THAT(exact.frames, ElementsAre("12345678"));
    Stream longer(8);
    longer.arrive("123456789");
    EXPECT_TRUE(longer.reader.oversized());
}

TEST(Frame, BeyondTheLimitIsNoticedHoweverItArrives) {
    const std::string bytes = "12345678"_nul + "123456789"_nul + "next"_nul;
    for (std::size_t split = 0; split <= bytes.size(); ++split) {
        Stream stream(8);
        stream.arrive(bytes.substr(0, split));
        stream.arrive(bytes.substr(split));
        EXPECT_THAT(stream.frames, ElementsAre("12345678")) << split;
        EXPECT_TRUE(stream.reader.oversized()) << split;
    }
}

TEST(Frame, ThatIsFineIsNotBlamedForThoseBehindIt) {
    Stream stream(8);
    stream.arrive("12345678"_nul + "12345678"_nul + "12345678");
    EXPECT_EQ(stream.frames.size(), 2U);
    EXPECT_FALSE(stream.reader.oversized());
    FrameReader unread(8);
    unread.prepare(10);
    unread.commit(10);
    EXPECT_FALSE(unread.oversized());
}

TEST(Frame, BufferIsGivenBackOnceAllIsRead) {
    Stream stream;
    stream.arrive(std::string(1'000'000, 'x') + '\0');
    ASSERT_TRUE(stream.reader.empty());
    EXPECT_LT(stream.reader.prepare(1).size(), 1'000U);
}

TEST(Frame, BufferDoesNotGrowWithTheStream) {
    Stream stream;
    stream.arrive("begun");
    for (int i = 0; i < 10'000; ++i) {
        stream.arrive(" and ended"_nul + "begun");
    }
    EXPECT_EQ(stream.frames.size(), 10'000U);
    EXPECT_LT(stream.reader.prepare(1).size(), 1'000U);
}

TEST(Frame, EndsWithNothingWhereNothingArrived) {
    Stream stream;
    stream.arrive("");
    EXPECT_THAT(stream.frames, IsEmpty());
    EXPECT_TRUE(stream.reader.empty());
    EXPECT_FALSE(stream.reader.oversized());
}

TEST(Frame, RandomChunksEqualTheWhole) {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        Frames expected;
        std::string bytes;
        for (unsigned i = 0; i < 1 + random() % 50; ++i) {
            expected.emplace_back(random() % (random() % 4 == 0 ? 5'000 : 20), 'a' + i % 26);
            bytes += expected.back() + '\0';
        }
        Stream stream;
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t size = 1 + random() % 700;
            stream.arrive(std::string_view(bytes).substr(at, size));
            at += size;
        }
        ASSERT_EQ(stream.frames, expected) << round;
        ASSERT_TRUE(stream.reader.empty());
    }
}

}  // namespace
}  // namespace catalogd::protocol

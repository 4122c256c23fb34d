#include "catalog/identifiers.h"

#include <gtest/gtest.h>

#include <functional>

namespace catalogd::catalog {
namespace {

constexpr int many = 1'000'000;

std::int64_t time_of(const Id& id) {
    std::int64_t time = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        time = time * 256 + id[i];
    }
    return time;
}

// How many of a million identifiers are greater than the one before.
int increasing(const std::function<std::int64_t(int)>& clock) {
    IdentifierSource source;
    Id last{};
    int count = 0;
    for (int i = 0; i < many; ++i) {
        const Id next = source.next(clock(i));
        count += next > last ? 1 : 0;
        last = next;
    }
    return count;
}

TEST(Identifiers, IncreaseWithTheClock) {
    EXPECT_EQ(increasing([](int i) { return std::int64_t{1'700'000'000'000} + i; }), many);
}

TEST(Identifiers, IncreaseWhileTheClockStandsStill) {
    EXPECT_EQ(increasing([](int) { return std::int64_t{1'700'000'000'000}; }), many);
}

TEST(Identifiers, IncreaseWhileTheClockGoesBack) {
    EXPECT_EQ(increasing([](int i) { return std::int64_t{1'700'000'000'000} - i; }), many);
}

TEST(Identifiers, IncreaseWhileTheClockJumps) {
    EXPECT_EQ(
        increasing([](int i) { return 1'700'000'000'000 + std::int64_t{i} * 7'919 % 104'729; }),
        many);
}

TEST(Identifiers, BeginWithTheTime) {
    IdentifierSource source;
    EXPECT_EQ(time_of(source.next(0x0123'4567'89AB)), 0x0123'4567'89AB);
    EXPECT_EQ(time_of(source.next(5)), 0x0123'4567'89AB);
    EXPECT_EQ(time_of(source.next(0x0123'4567'89AC)), 0x0123'4567'89AC);
}

TEST(Identifiers, AreOfVersionSevenAndTheUsualVariant) {
    IdentifierSource source;
    for (int i = 0; i < 10'000; ++i) {
        const Id id = source.next(1'700'000'000'000 + i / 2);
        EXPECT_EQ(id[6] >> 4, 7);
        EXPECT_EQ(id[8] >> 6, 2);
    }
}

FileRecord made(std::int64_t created, std::int64_t number) {
    FileRecord file;
    file.created = created;
    file.number = number;
    return file;
}

TEST(FileIdentifiers, HoldTheirNumberAndTheirTime) {
    const std::int64_t most = (std::int64_t{1} << 62) - 1;
    for (const std::int64_t number :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{77'777}, most}) {
        const Id id = file_id(made(0x0123'4567'89AB, number));
        EXPECT_EQ(number_in(id), number);
        EXPECT_EQ(time_of(id), 0x0123'4567'89AB);
        EXPECT_EQ(id[6] >> 4, 7);
        EXPECT_EQ(id[8] >> 6, 2);
    }
}

TEST(FileIdentifiers, AreMadeAtATimeThatFitsIntoThem) {
    EXPECT_EQ(creation_time(-1), 0);
    EXPECT_EQ(creation_time(5), 5);
    EXPECT_EQ(creation_time(std::int64_t{1} << 60), (std::int64_t{1} << 48) - 1);
}

TEST(Identifiers, DifferBetweenSourcesAtOneTime) {
    IdentifierSource one;
    IdentifierSource two;
    EXPECT_NE(one.next(1), two.next(1));
}

}  // namespace
}  // namespace catalogd::catalog

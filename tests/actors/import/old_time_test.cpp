// The four forms of the old server's times, and the clocks of places.
#include "actors/import/old_time.h"

#include <gmock/gmock.h>

#include "protocol/values.h"

namespace catalogd::actors::import {
namespace {

constexpr std::int64_t hour = 3'600;

// Berlin in 2025: an hour ahead, two from 30 March 01:00 UTC to 26 October 01:00 UTC.
std::int64_t berlin(std::int64_t seconds) {
    return seconds >= 1'743'296'400 && seconds < 1'761'440'400 ? 2 * hour : hour;
}

std::string utc(std::string_view text) {
    const auto time = read_old_time(text, berlin);
    return time ? protocol::to_text(protocol::Time{*time}) : "unreadable";
}

TEST(OldTime, OfASaveHasAnOffsetAndAZ) {
    EXPECT_EQ(utc("2025-01-10T12:00:00.123456+00:00Z"), "2025-01-10T12:00:00.123Z");
    EXPECT_EQ(utc("2025-01-10T12:00:00+00:00Z"), "2025-01-10T12:00:00.000Z");
}

TEST(OldTime, OfAnUpdateHasAnOffset) {
    EXPECT_EQ(utc("2025-01-10T12:00:00.123456+00:00"), "2025-01-10T12:00:00.123Z");
    EXPECT_EQ(utc("2025-01-10T12:00:00.123456+05:30"), "2025-01-10T06:30:00.123Z");
}

TEST(OldTime, OfSqlitesClockIsUtc) {
    EXPECT_EQ(utc("2025-07-10 12:00:00"), "2025-07-10T12:00:00.000Z");
}

TEST(OldTime, WithoutOffsetIsThePlacesOwn) {
    EXPECT_EQ(utc("2025-01-10T12:00:00"), "2025-01-10T11:00:00.000Z");
    EXPECT_EQ(utc("2025-07-10T12:00:00.5"), "2025-07-10T10:00:00.500Z");
    EXPECT_EQ(utc("1969-12-31T12:00:00.5"), "1969-12-31T11:00:00.500Z");
}

TEST(OldTime, ThatClocksShowedTwiceIsTheFirst) {
    EXPECT_EQ(utc("2025-10-26T01:59:59"), "2025-10-25T23:59:59.000Z");
    EXPECT_EQ(utc("2025-10-26T02:30:00"), "2025-10-26T00:30:00.000Z");
    EXPECT_EQ(utc("2025-10-26T03:00:00"), "2025-10-26T02:00:00.000Z");
}

TEST(OldTime, ThatClocksLeftOutIsWhatItWouldHaveBeen) {
    EXPECT_EQ(utc("2025-03-30T02:30:00"), "2025-03-30T01:30:00.000Z");
    EXPECT_EQ(utc("2025-03-30T03:00:00"), "2025-03-30T01:00:00.000Z");
}

TEST(OldTime, InNoOfTheseFormsCannotBeRead) {
    for (const char* text : {"", "Z", "yesterday", "2025-01-10", "10.01.2025 12:00",
                             "2025-02-30T12:00:00", "2025-01-10T12:00:00ZZ", "1736510400"}) {
        EXPECT_EQ(utc(text), "unreadable") << text;
    }
}

TEST(OldTime, KnowsTheClockOfThisMachine) {
    ::setenv("TZ", "XYZ-3", 1);
    ::tzset();
    EXPECT_EQ(offset_here(1'736'510'400), 3 * hour);
    ::unsetenv("TZ");
    ::tzset();
}

}  // namespace
}  // namespace catalogd::actors::import

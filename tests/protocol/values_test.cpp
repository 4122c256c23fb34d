#include "protocol/values.h"

#include <gmock/gmock.h>

#include <ctime>
#include <random>

namespace catalogd::protocol {
namespace {

constexpr std::int64_t earliest = -62'167'219'200'000;  // 0000-01-01T00:00:00.000Z
constexpr std::int64_t latest = 253'402'300'799'999;    // 9999-12-31T23:59:59.999Z

std::optional<std::string> canonical(std::string_view time) {
    const auto parsed = parse_time(time);
    return parsed ? std::optional(to_text(*parsed)) : std::nullopt;
}

// --- identifiers -----------------------------------------------------------------------------

TEST(Id, IsWrittenAsLowerCaseHexDigits) {
    Id id;
    id.bytes = {0x01, 0x93, 0xAB, 0xCD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF};
    EXPECT_EQ(to_text(id), "0193abcd0000000000000000000000ff");
}

TEST(Id, IsReadInEveryAcceptedForm) {
    const std::string plain = "0193abcd11112222333344445555ffff";
    const auto id = parse_id(plain);
    ASSERT_TRUE(id);
    EXPECT_EQ(to_text(*id), plain);
    EXPECT_EQ(parse_id("0193ABCD11112222333344445555FFFF"), id);
    EXPECT_EQ(parse_id("0193abcd-1111-2222-3333-44445555ffff"), id);
    EXPECT_EQ(parse_id("0193ABCD-1111-2222-3333-44445555ffff"), id);
}

TEST(Id, RefusesEveryOtherForm) {
    for (const std::string_view text :
         {"", "0193abcd11112222333344445555fff", "0193abcd11112222333344445555fffff",
          "0193abcd11112222333344445555fffg", " 193abcd11112222333344445555ffff",
          "0193abcd-11112222-3333-44445555ffff-", "0193abcd1-111-2222-3333-44445555ffff",
          "{0193abcd-1111-2222-3333-44445555ffff}", "0193abcd-1111-2222-3333-4444-5555ffff",
          "0193abcd-1111-2222-3333-4444555-ffff", "0193abcd-1111-2222-3333-44445555fff",
          "0x93abcd11112222333344445555ffff",
          "0193abcd1111222233334444\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9",
          "--------------------------------", "@193abcd11112222333344445555ffff",
          "0193abcd11112222333344445555fff`"}) {
        EXPECT_FALSE(parse_id(text)) << text;
    }
    EXPECT_FALSE(parse_id(std::string(32, '\0')));
}

TEST(Id, SurvivesTheRoundTripWithEveryByte) {
    for (unsigned first = 0; first < 256; first += 16) {
        Id id;
        for (unsigned i = 0; i < 16; ++i) {
            id.bytes[i] = static_cast<std::uint8_t>(first + i);
        }
        EXPECT_EQ(parse_id(to_text(id)), id);
    }
}

// --- times -----------------------------------------------------------------------------------

TEST(Time, IsWrittenWithMillisecondsInUtc) {
    EXPECT_EQ(to_text(Time{0}), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_text(Time{-1}), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(to_text(Time{1'736'510'400'123}), "2025-01-10T12:00:00.123Z");
    EXPECT_EQ(to_text(Time{earliest}), "0000-01-01T00:00:00.000Z");
    EXPECT_EQ(to_text(Time{latest}), "9999-12-31T23:59:59.999Z");
}

TEST(Time, TakesEveryOffset) {
    for (const std::string_view text :
         {"2025-01-10T12:00:00Z", "2025-01-10t12:00:00z", "2025-01-10 12:00:00+00:00",
          "2025-01-10T12:00:00-00:00", "2025-01-10T13:30:00+01:30", "2025-01-09T12:01:00-23:59",
          "2025-01-11T11:59:00+23:59"}) {
        EXPECT_EQ(canonical(text), "2025-01-10T12:00:00.000Z") << text;
    }
}

TEST(Time, CutsEveryPrecisionToMilliseconds) {
    EXPECT_EQ(canonical("2025-01-10T12:00:00.9Z"), "2025-01-10T12:00:00.900Z");
    EXPECT_EQ(canonical("2025-01-10T12:00:00.09Z"), "2025-01-10T12:00:00.090Z");
    EXPECT_EQ(canonical("2025-01-10T12:00:00.9999999999999999999999Z"), "2025-01-10T12:00:00.999Z");
    EXPECT_EQ(canonical("1969-12-31T23:59:59.9999Z"), "1969-12-31T23:59:59.999Z");
}

TEST(Time, KnowsLeapDays) {
    EXPECT_EQ(canonical("2024-02-29T00:00:00Z"), "2024-02-29T00:00:00.000Z");
    EXPECT_EQ(canonical("2000-02-29T00:00:00Z"), "2000-02-29T00:00:00.000Z");
    EXPECT_EQ(canonical("0000-02-29T00:00:00Z"), "0000-02-29T00:00:00.000Z");
    EXPECT_EQ(canonical("2024-02-29T23:30:00-01:00"), "2024-03-01T00:30:00.000Z");
    EXPECT_FALSE(parse_time("2023-02-29T00:00:00Z"));
    EXPECT_FALSE(parse_time("1900-02-29T00:00:00Z"));
    EXPECT_FALSE(parse_time("2024-02-30T00:00:00Z"));
}

TEST(Time, CarriesALeapSecondIntoTheNextMinute) {
    EXPECT_EQ(canonical("2016-12-31T23:59:60Z"), "2017-01-01T00:00:00.000Z");
    EXPECT_EQ(canonical("2016-12-31T23:59:60.5Z"), "2017-01-01T00:00:00.500Z");
    EXPECT_FALSE(parse_time("2016-12-31T23:59:61Z"));
}

TEST(Time, EndsWithTheYears0000And9999WhateverTheOffset) {
    EXPECT_EQ(canonical("0000-01-01T00:00:00Z"), "0000-01-01T00:00:00.000Z");
    EXPECT_EQ(canonical("0000-01-01T01:00:00+01:00"), "0000-01-01T00:00:00.000Z");
    EXPECT_EQ(canonical("9999-12-31T22:59:59.999-01:00"), "9999-12-31T23:59:59.999Z");
    EXPECT_FALSE(parse_time("0000-01-01T00:59:59.999+01:00"));
    EXPECT_FALSE(parse_time("9999-12-31T23:00:00-01:00"));
    EXPECT_FALSE(parse_time("9999-12-31T23:59:60Z"));
}

TEST(Time, RefusesWhatRfc3339DoesNotAllow) {
    for (const std::string_view text : {"",
                                        "2025",
                                        "2025-01-10",
                                        "2025-01-10T12:00:00",
                                        "2025-01-10T12:00Z",
                                        "2025-1-10T12:00:00Z",
                                        "25-01-10T12:00:00Z",
                                        "12025-01-10T12:00:00Z",
                                        "-025-01-10T12:00:00Z",
                                        "+025-01-10T12:00:00Z",
                                        "2025-00-10T12:00:00Z",
                                        "2025-13-10T12:00:00Z",
                                        "2025-01-00T12:00:00Z",
                                        "2025-01-32T12:00:00Z",
                                        "2025-04-31T12:00:00Z",
                                        "2025-01-10T24:00:00Z",
                                        "2025-01-10T12:60:00Z",
                                        "2025-01-10T12:00:00.Z",
                                        "2025-01-10T12:00:00,5Z",
                                        "2025-01-10T12:00:00.-5Z",
                                        "2025-01-10T12:00:00+24:00",
                                        "2025-01-10T12:00:00+01:60",
                                        "2025-01-10T12:00:00+0100",
                                        "2025-01-10T12:00:00+01",
                                        "2025-01-10T12:00:00ZZ",
                                        "2025-01-10T12:00:00Z ",
                                        " 2025-01-10T12:00:00Z",
                                        "2025-01-10_12:00:00Z",
                                        "2025/01/10T12:00:00Z",
                                        "2025-01-10T12.00.00Z",
                                        "2025-01-10T1a:00:00Z",
                                        "2025-99-99T99:99:99Z"}) {
        EXPECT_FALSE(parse_time(text)) << text;
    }
}

TEST(Time, RefusesEveryPrefixOfATime) {
    const std::string_view whole = "2025-01-10T12:00:00.123+01:00";
    ASSERT_TRUE(parse_time(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(parse_time(whole.substr(0, size))) << whole.substr(0, size);
    }
}

TEST(Time, AgreesWithTheCLibraryAtRandomMoments) {
    std::mt19937_64 random(20'250'110);
    std::uniform_int_distribution moments(earliest / 1'000, latest / 1'000);
    for (int i = 0; i < 50'000; ++i) {
        const std::time_t seconds = moments(random);
        std::tm parts{};
        gmtime_r(&seconds, &parts);
        std::array<char, 64> text;
        const int size = std::snprintf(
            text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900,
            parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, i % 1'000);
        const std::string expected(text.data(), static_cast<std::size_t>(size));
        const Time time{seconds * 1'000 + i % 1'000};
        ASSERT_EQ(to_text(time), expected);
        ASSERT_EQ(parse_time(expected), time) << expected;
    }
}

// --- base64 ----------------------------------------------------------------------------------

TEST(Base64, AgreesWithTheExamplesOfRfc4648) {
    constexpr std::pair<std::string_view, std::string_view> examples[] = {{"", ""},
                                                                          {"f", "Zg=="},
                                                                          {"fo", "Zm8="},
                                                                          {"foo", "Zm9v"},
                                                                          {"foob", "Zm9vYg=="},
                                                                          {"fooba", "Zm9vYmE="},
                                                                          {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : examples) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(parse_base64(text), bytes);
    }
}

TEST(Base64, SurvivesTheRoundTripWithEveryByte) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        bytes += static_cast<char>(i);
        EXPECT_EQ(parse_base64(to_base64(bytes)), bytes);
    }
    EXPECT_THAT(to_base64(bytes), testing::HasSubstr("+fr7/P3+/w=="));
}

TEST(Base64, RefusesEveryOtherForm) {
    for (const std::string_view text : {"Z",
                                        "Zg",
                                        "Zg=",
                                        "Zg===",
                                        "Zm8",
                                        "Zm9vY",
                                        "Zh==",
                                        "Zm9=",
                                        "=",
                                        "====",
                                        "Zg==Zg==",
                                        "Zm9v\n",
                                        " Zm9v",
                                        "Zm 9v",
                                        "Zm9-",
                                        "Zm9_",
                                        "Zm9*",
                                        "Zm\xC3\xA9",
                                        "\x80\x41\x41\x41",
                                        "\xFF///"}) {
        EXPECT_FALSE(parse_base64(text)) << text;
    }
    EXPECT_FALSE(parse_base64(std::string_view("Zm9v\0\0\0\0", 8)));
}

// --- UTF-8 -----------------------------------------------------------------------------------

TEST(Utf8, AcceptsTheFirstAndLastOfEachLength) {
    for (const std::string_view text :
         {"", "\x01", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
          "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
          "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z"}) {
        EXPECT_TRUE(is_utf8(text)) << testing::PrintToString(text);
    }
    EXPECT_TRUE(is_utf8(std::string_view("\0", 1)));
}

TEST(Utf8, RefusesHostileSequencesWhereverTheyStand) {
    for (const std::string_view hostile : {"\x80",
                                           "\xBF",
                                           "\xC0\x80",
                                           "\xC1\xBF",
                                           "\xC2",
                                           "\xC2\x41",
                                           "\xC2\xC2\x80",
                                           "\xE0\x80\x80",
                                           "\xE0\x9F\xBF",
                                           "\xE1\x80",
                                           "\xE1\x80\x41",
                                           "\xED\xA0\x80",
                                           "\xED\xBF\xBF",
                                           "\xED\xA0\x80\xED\xB0\x80",
                                           "\xF0\x80\x80\x80",
                                           "\xF0\x8F\xBF\xBF",
                                           "\xF0\x90\x80",
                                           "\xF0\x90\x80\x41",
                                           "\xF4\x90\x80\x80",
                                           "\xF5\x80\x80\x80",
                                           "\xF8\x88\x80\x80\x80",
                                           "\xFC\x84\x80\x80\x80\x80",
                                           "\xFE",
                                           "\xFF"}) {
        const std::string text(hostile);
        EXPECT_FALSE(is_utf8(text)) << testing::PrintToString(text);
        EXPECT_FALSE(is_utf8("caf\xC3\xA9" + text)) << testing::PrintToString(text);
        EXPECT_FALSE(is_utf8(text + "caf\xC3\xA9")) << testing::PrintToString(text);
    }
}

TEST(Utf8, CountsCharactersAndNotBytes) {
    EXPECT_EQ(count_characters(""), 0U);
    EXPECT_EQ(count_characters("abc"), 3U);
    EXPECT_EQ(count_characters("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z"), 5U);
}

}  // namespace
}  // namespace catalogd::protocol

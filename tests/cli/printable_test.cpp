#include "cli/printable.h"

#include <gmock/gmock.h>

#include "cli/figures.h"

namespace catalogd::cli {
namespace {

TEST(Printable, LeavesTextOfAnyLanguageAsItIs) {
    const std::string text = "caf\xC3\xA9 \xE6\xAA\x94 \xF0\x9F\x98\x80 a\\b";
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, EscapesWhatATerminalWouldActOn) {
    EXPECT_EQ(printable("\033[31mred\n\x7F"), "\\x1b[31mred\\x0a\\x7f");
    EXPECT_EQ(printable("\xC2\x9B"
                        "2J"),
              "\\xc2\\x9b2J");
}

TEST(Printable, EscapesWhatTurnsTheDirectionOfWriting) {
    EXPECT_EQ(printable("a\xE2\x80\xAE"
                        "b"),
              "a\\xe2\\x80\\xaeb");
    EXPECT_EQ(printable("a\xE2\x81\xA6"
                        "b"),
              "a\\xe2\\x81\\xa6b");
}

TEST(Printable, EscapesBytesThatAreNotUtf8) {
    EXPECT_EQ(printable("a\xFFz\xC3"), "a\\xffz\\xc3");
}

TEST(Printable, KeepsTheLinesOfAPage) {
    EXPECT_EQ(printable_lines("one\n\ttwo\r"), "one\n\ttwo\\x0d");
}

TEST(Printable, JsonKeepsItsValue) {
    EXPECT_EQ(printable_json("{\"a\":\"\x7F\xC2\x9B\xC3\xA9\"}"),
              "{\"a\":\"\\u007f\\u009b\xC3\xA9\"}");
}

TEST(Figures, GroupThousands) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(-1234567), "-1,234,567");
}

TEST(Figures, SizesHaveOneDecimalAndNeverFourDigits) {
    EXPECT_EQ(human_bytes(1023), "1023 B");
    EXPECT_EQ(human_bytes(1024), "1.0 KiB");
    EXPECT_EQ(human_bytes(1024 * 1024 - 1), "1.0 MiB");
    EXPECT_EQ(human_bytes(INT64_MAX), "8.0 EiB");
}

TEST(Figures, AChecksumHasEightDigits) {
    EXPECT_EQ(hex_crc(0xcbf43926), "cbf43926");
    EXPECT_EQ(hex_crc(1), "00000001");
}

TEST(Figures, ATimeIsInUtcToTheSecond) {
    EXPECT_EQ(short_time(*protocol::parse_time("2025-01-10T12:00:00.999+01:00")),
              "2025-01-10 11:00:00Z");
}

}  // namespace
}  // namespace catalogd::cli

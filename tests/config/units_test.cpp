#include "config/units.h"

#include <gtest/gtest.h>

#include <limits>

namespace catalogd::config {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

template <typename Value>
std::string refusal(const Result<Value>& result) {
    const auto* refusal = std::get_if<Refusal>(&result);
    return refusal ? refusal->reason : "accepted";
}

std::int64_t bytes(std::string_view text) {
    return std::get<std::int64_t>(parse_size(text));
}

milliseconds duration(std::string_view text) {
    return std::get<milliseconds>(parse_duration(text));
}

TEST(Sizes, TellThousandsFromPowersOfTwo) {
    EXPECT_EQ(bytes("500B"), 500);
    EXPECT_EQ(bytes("500KB"), 500'000);
    EXPECT_EQ(bytes("500KiB"), 512'000);
    EXPECT_EQ(bytes("500MB"), 500'000'000);
    EXPECT_EQ(bytes("500MiB"), 524'288'000);
    EXPECT_EQ(bytes("2GB"), 2'000'000'000);
    EXPECT_EQ(bytes("2GiB"), 2'147'483'648);
}

TEST(Sizes, NeedAUnit) {
    EXPECT_EQ(refusal(parse_size("64")),
              "needs a unit: B, KB, MB, GB, KiB, MiB or GiB, such as 64MiB; got \"64\"");
}

TEST(Sizes, RefuseUnitsOfOtherSpelling) {
    for (const std::string unit : {"b", "kb", "mib", "MIB", "M", "TiB", "Mi", "s", "MiBMiB"}) {
        EXPECT_EQ(refusal(parse_size("64" + unit)),
                  "unknown unit \"" + unit + "\", expected B, KB, MB, GB, KiB, MiB or GiB");
    }
}

TEST(Sizes, RefuseWhatIsNoWholeNumber) {
    for (const std::string text : {"", "MiB", "-1MiB", "+1MiB", "1.5GiB", "1,5GiB", "64 MiB",
                                   " 64MiB", "064MiB", "0x40MiB"}) {
        const std::string reason = refusal(parse_size(text));
        const bool unit = text == "0x40MiB";
        EXPECT_EQ(reason, unit ? "unknown unit \"x40MiB\", expected B, KB, MB, GB, KiB, MiB or GiB"
                               : "expected a size such as 64MiB, got \"" + text + "\"");
    }
}

TEST(Sizes, StayAtTheLargestInsteadOfWrapping) {
    EXPECT_EQ(bytes("9223372036854775807B"), kLargest);
    EXPECT_EQ(bytes("9223372036854775808B"), kLargest);
    EXPECT_EQ(bytes("8589934592GiB"), kLargest);
    EXPECT_EQ(bytes("99999999999999999999999GiB"), kLargest);
}

TEST(Sizes, AreWrittenInTheLargestUnitThatFits) {
    EXPECT_EQ(write_size(0), "0B");
    EXPECT_EQ(write_size(1023), "1023B");
    EXPECT_EQ(write_size(64 * kMiB), "64MiB");
    EXPECT_EQ(write_size(500'000'000), "500MB");
    EXPECT_EQ(write_size(1024 * kGiB), "1024GiB");
}

TEST(Sizes, AreReadBackAsTheyWereWritten) {
    for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{1}, kKiB, std::int64_t{1000},
                                      3 * kMiB, 5 * kGiB + 1, std::int64_t{7'000'000}, kLargest}) {
        EXPECT_EQ(bytes(write_size(amount)), amount);
    }
}

TEST(Durations, KnowFiveUnits) {
    EXPECT_EQ(duration("500ms"), milliseconds(500));
    EXPECT_EQ(duration("30s"), milliseconds(30'000));
    EXPECT_EQ(duration("5m"), milliseconds(300'000));
    EXPECT_EQ(duration("1h"), milliseconds(3'600'000));
    EXPECT_EQ(duration("1d"), milliseconds(86'400'000));
    EXPECT_EQ(duration("0s"), milliseconds(0));
}

TEST(Durations, NeedAUnit) {
    EXPECT_EQ(refusal(parse_duration("30")),
              "needs a unit: ms, s, m, h or d, such as 30s; got \"30\"");
}

TEST(Durations, RefuseOtherUnits) {
    for (const std::string unit : {"sec", "min", "S", "us", "w", "m30s", "MiB"}) {
        EXPECT_EQ(refusal(parse_duration("30" + unit)),
                  "unknown unit \"" + unit + "\", expected ms, s, m, h or d");
    }
}

TEST(Durations, RefuseWhatIsNoWholeNumber) {
    for (const std::string text : {"", "s", "-1s", "1.5h", "30 s", "030s"}) {
        EXPECT_EQ(refusal(parse_duration(text)),
                  "expected a duration such as 30s, got \"" + text + "\"");
    }
}

TEST(Durations, AreWrittenInTheLargestUnitThatFits) {
    EXPECT_EQ(write_duration(milliseconds(0)), "0s");
    EXPECT_EQ(write_duration(milliseconds(1500)), "1500ms");
    EXPECT_EQ(write_duration(milliseconds(90'000)), "90s");
    EXPECT_EQ(write_duration(milliseconds(3'600'000)), "1h");
    EXPECT_EQ(write_duration(milliseconds(172'800'000)), "2d");
}

TEST(Counts, AreDecimalDigits) {
    EXPECT_EQ(std::get<std::int64_t>(parse_count("4096")), 4096);
    EXPECT_EQ(std::get<std::int64_t>(parse_count("0")), 0);
    EXPECT_EQ(std::get<std::int64_t>(parse_count("-7")), -7);
    EXPECT_EQ(std::get<std::int64_t>(parse_count("99999999999999999999")), kLargest);
}

TEST(Counts, RefuseEverythingElse) {
    for (const std::string text :
         {"", "-", "+1", "1.0", "1e3", "0x10", "010", "1_000", "1 000", "4k", " 4", "true"}) {
        EXPECT_EQ(refusal(parse_count(text)), "expected a whole number, got \"" + text + "\"");
    }
}

TEST(Modes, AreFourOctalDigits) {
    EXPECT_EQ(std::get<unsigned>(parse_mode("0660")), 0660U);
    EXPECT_EQ(write_mode(0660), "0660");
    EXPECT_EQ(write_mode(07), "0007");
}

TEST(Modes, RefuseEverythingElse) {
    for (const std::string text : {"", "660", "00660", "0680", "1660", "0o660", "-660", "rw-rw"}) {
        EXPECT_EQ(refusal(parse_mode(text)),
                  "expected a mode of four octal digits such as \"0660\", got \"" + text + "\"");
    }
}

}  // namespace
}  // namespace catalogd::config

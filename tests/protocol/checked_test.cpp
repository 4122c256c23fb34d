#include "protocol/checked.h"

#include <gmock/gmock.h>

#include "protocol/attributes.h"
#include "protocol/files.h"

namespace catalogd::protocol {
namespace {

using testing::HasSubstr;
using testing::Optional;

const std::string emoji = "\xF0\x9F\x98\x80";  // one character of four bytes

std::string repeat(std::string_view text, std::size_t times) {
    std::string result;
    for (std::size_t i = 0; i < times; ++i) {
        result += text;
    }
    return result;
}

template <class T>
struct RuleOf;
template <class Rule>
struct RuleOf<Checked<Rule>> {
    using type = Rule;
};

// Why T refuses the value, if it does.
template <class T>
Refusal refusal(const typename RuleOf<T>::type::Value& value) {
    return RuleOf<T>::type::check(value);
}

// Accepted from `low` to `high` times `unit`, and at neither's far side.
template <class T>
void expect_limits(std::string_view unit, std::size_t low, std::size_t high) {
    EXPECT_NE(refusal<T>(repeat(unit, low - 1)), std::nullopt);
    EXPECT_EQ(refusal<T>(repeat(unit, low)), std::nullopt);
    EXPECT_EQ(refusal<T>(repeat(unit, high)), std::nullopt);
    EXPECT_NE(refusal<T>(repeat(unit, high + 1)), std::nullopt);
}

TEST(CheckedText, CountsNamesInCharacters) {
    for (const std::string_view unit : {std::string_view("a"), std::string_view(emoji)}) {
        expect_limits<ClientName>(unit, 1, 255);
        expect_limits<FileName>(unit, 1, 1024);
        expect_limits<Label>(unit, 1, 255);
    }
}

TEST(CheckedText, CountsPathsAndRequestIdsInBytes) {
    expect_limits<FilePath>("a", 1, 4096);
    expect_limits<RequestId>("a", 1, 64);
    expect_limits<FilePath>(emoji, 1, 1024);
    expect_limits<RequestId>(emoji, 1, 16);
}

TEST(CheckedText, TellsTheLimitsAndTheSize) {
    EXPECT_EQ(refusal<ClientName>(""), "must have 1 to 255 characters, has 0");
    EXPECT_EQ(refusal<RequestId>(repeat(emoji, 17)), "must have 1 to 64 bytes, has 68");
}

TEST(CheckedText, RefusesEveryControlCharacterWhereverItStands) {
    std::vector<std::string> controls{"\x7F"};
    for (int c = 0; c < 0x20; ++c) {
        controls.emplace_back(1, static_cast<char>(c));
    }
    for (int c = 0x80; c <= 0x9F; ++c) {
        controls.push_back(std::string("\xC2") + static_cast<char>(c));
    }
    for (const std::string& control : controls) {
        for (const std::string& text :
             {control, control + "name", "na" + control + "me", "name" + control}) {
            EXPECT_THAT(refusal<FileName>(text), Optional(HasSubstr("control")))
                << testing::PrintToString(text);
        }
    }
}

TEST(CheckedText, AcceptsTheNeighboursOfControlCharacters) {
    for (const char* text : {" ", "~", "\xC2\xA0", "\xC3\x80", "\xC4\x9F", "\xE2\x80\xA8",
                             "\xE1\x82\x85", "a/b\\c\"'"}) {
        EXPECT_EQ(refusal<FileName>(text), std::nullopt) << text;
    }
}

TEST(CheckedInteger, HoldsBothLimits) {
    EXPECT_NE(refusal<Limit>(0), std::nullopt);
    EXPECT_EQ(refusal<Limit>(1), std::nullopt);
    EXPECT_EQ(refusal<Limit>(1'000), std::nullopt);
    EXPECT_EQ(refusal<Limit>(1'001), "must be 1 to 1000, is 1001");
    EXPECT_NE(refusal<Crc>(-1), std::nullopt);
    EXPECT_EQ(refusal<Crc>(0), std::nullopt);
    EXPECT_EQ(refusal<Crc>(4'294'967'295), std::nullopt);
    EXPECT_NE(refusal<Crc>(4'294'967'296), std::nullopt);
}

TEST(CheckedInteger, RefusesNegativeSizesAlone) {
    EXPECT_NE(refusal<Size>(INT64_MIN), std::nullopt);
    EXPECT_NE(refusal<Size>(-1), std::nullopt);
    EXPECT_EQ(refusal<Size>(0), std::nullopt);
    EXPECT_EQ(refusal<Size>(INT64_MAX), std::nullopt);
}

TEST(CheckedKey, HasExactlyItsBytes) {
    EXPECT_NE(check_key(std::string(31, 'k'), 32), std::nullopt);
    EXPECT_EQ(check_key(std::string(32, '\0'), 32), std::nullopt);
    EXPECT_EQ(check_key(std::string(33, 'k'), 32), "must be 32 bytes, is 33");
}

TEST(CheckedCount, HoldsItsLimit) {
    EXPECT_EQ(check_count(0, 10'000), std::nullopt);
    EXPECT_EQ(check_count(10'000, 10'000), std::nullopt);
    EXPECT_EQ(check_count(10'001, 10'000), "must have at most 10000 elements, has 10001");
}

TEST(Attributes, AreStoredAsTheJsonTextThatTheyAreReadFrom) {
    const std::map<std::string, std::string> attributes{{"a \"key\"", emoji}, {"", "\n"}};
    EXPECT_EQ(parse_attributes(attributes_text(attributes)), attributes);
    EXPECT_EQ(attributes_text({}), "{}");
    EXPECT_EQ(attributes_text({{"b", "2"}, {"a", "1"}}), R"({"a":"1","b":"2"})");
}

TEST(CheckedAttributes, AreLimitedByTheirJsonText) {
    const std::size_t around = std::string_view(R"({"key":""})").size();
    EXPECT_EQ(refusal<files::Attributes>({{"key", std::string(65'536 - around, 'v')}}),
              std::nullopt);
    EXPECT_NE(refusal<files::Attributes>({{"key", std::string(65'537 - around, 'v')}}),
              std::nullopt);
    EXPECT_NE(refusal<files::Attributes>({{"key", std::string(65'536 - around, '"')}}),
              std::nullopt);
}

}  // namespace
}  // namespace catalogd::protocol

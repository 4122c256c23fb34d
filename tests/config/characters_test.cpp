#include "config/characters.h"

#include <gtest/gtest.h>

namespace catalogd::config {
namespace {

bool is_text(std::string_view text) {
    return !find_bad_byte(text, Lines::Refused);
}

TEST(Characters, OfEveryLengthAreText) {
    EXPECT_TRUE(is_text(""));
    EXPECT_TRUE(is_text("/srv/\xc3\xa9/\xe2\x82\xac/\xf0\x9f\x93\xa6"));
    EXPECT_TRUE(
        is_text("\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"));
}

TEST(Characters, InFormsThatUtf8ForbidsAreNoText) {
    for (const std::string_view bytes :
         {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
        EXPECT_FALSE(is_text(bytes)) << shown(bytes);
    }
}

TEST(Characters, ThatAreCutAreNoText) {
    for (const std::string_view bytes : {"\xc3", "\xe2\x82", "\xf0\x9f\x93", "\xe2\x82z"}) {
        EXPECT_FALSE(is_text(bytes)) << shown(bytes);
    }
}

TEST(Characters, ThatControlAreNoText) {
    EXPECT_EQ(find_bad_byte("ab\x1b", Lines::Allowed)->offset, 2U);
    EXPECT_EQ(find_bad_byte("\x7f", Lines::Allowed)->reason, "holds the control character 0x7f");
    EXPECT_FALSE(is_text(std::string_view("\0", 1)));
}

TEST(Characters, OfLinesPassOnlyWhereThereAreLines) {
    EXPECT_FALSE(find_bad_byte("a\tb\r\nc\n", Lines::Allowed));
    for (const std::string_view text : {"a\tb", "a\r", "a\n"}) {
        EXPECT_EQ(find_bad_byte(text, Lines::Refused)->offset, 1U);
    }
}

TEST(Characters, AreShownOnOneLine) {
    EXPECT_EQ(shown("a b"), "\"a b\"");
    EXPECT_EQ(shown("a\nb\xff\xc3\xa9"), "\"a\\x0ab\\xff\xc3\xa9\"");
    EXPECT_EQ(shown(std::string(60, 'x')), "\"" + std::string(60, 'x') + "\"");
    EXPECT_EQ(shown(std::string(61, 'x')), "\"" + std::string(60, 'x') + "...\"");
}

}  // namespace
}  // namespace catalogd::config

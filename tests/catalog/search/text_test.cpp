// What a text finds.
#include "tests/catalog/search/search_fixture.h"

namespace catalogd::catalog::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// Each claim holds for records in the index and for those that are not in it yet.
class SearchText : public SearchFixture, public testing::WithParamInterface<bool> {
protected:
    void have(const std::vector<std::string>& names) {
        save_files(client_, names);
        if (GetParam()) {
            index_all();
        }
    }
    std::int64_t count_of(const std::string& text) {
        Criteria criteria;
        criteria.text = text;
        return counted(criteria);
    }
};

INSTANTIATE_TEST_SUITE_P(IndexedOrNot, SearchText, testing::Bool());

TEST_P(SearchText, IsFoundAnywhereInANameOrAPath) {
    have({"report.pdf", "holiday.jpg"});
    EXPECT_THAT(with_text("port"), ElementsAre("report.pdf"));
    EXPECT_THAT(with_text("/stored/"), ElementsAre("holiday.jpg", "report.pdf"));
    EXPECT_THAT(with_text("report.pdf"), ElementsAre("report.pdf"));
    EXPECT_THAT(with_text("nothing"), IsEmpty());
}

TEST_P(SearchText, IsFoundInAnyCase) {
    have({"\xC3\x84RGER.txt", "\xC3\xA4rger.doc",
          "Stra\xC3\x9F"
          "e"});
    EXPECT_EQ(with_text("\xC3\xA4rger").size(), 2U);
    EXPECT_EQ(with_text("\xC3\x84RG").size(), 2U);
    EXPECT_EQ(with_text("STRA").size(), 1U);
}

TEST_P(SearchText, IsTakenLiterally) {
    have({"100%", "a_b", "a\\b", "it's", "say \"x\"", "a*b", "AND OR", "\xF0\x9F\x98\x80.png"});
    EXPECT_THAT(with_text("%"), ElementsAre("100%"));
    EXPECT_THAT(with_text("_"), ElementsAre("a_b"));
    EXPECT_THAT(with_text("\\"), ElementsAre("a\\b"));
    EXPECT_THAT(with_text("'"), ElementsAre("it's"));
    EXPECT_THAT(with_text("\"x\""), ElementsAre("say \"x\""));
    EXPECT_THAT(with_text("*"), ElementsAre("a*b"));
    EXPECT_THAT(with_text("and or"), ElementsAre("AND OR"));
    EXPECT_THAT(with_text("\xF0\x9F\x98\x80"), ElementsAre("\xF0\x9F\x98\x80.png"));
}

TEST_P(SearchText, MayHaveOneOrTwoCharacters) {
    have({"xyz", "zy", "q"});
    EXPECT_THAT(with_text("z"), ElementsAre("xyz", "zy"));
    EXPECT_THAT(with_text("zy"), ElementsAre("zy"));
    EXPECT_THAT(with_text("yz"), ElementsAre("xyz"));
    EXPECT_THAT(with_text("Q"), ElementsAre("q"));
}

TEST_P(SearchText, IsNotFoundWhereOnlyItsPartsAre) {
    have({"abcXbcdXcde", "abcde"});
    EXPECT_THAT(with_text("abcd"), ElementsAre("abcde"));
    EXPECT_EQ(count_of("abcd"), 1);
}

TEST_P(SearchText, DoesNotReachFromTheNameIntoThePath) {
    have({"name"});
    EXPECT_THAT(with_text("name/stored"), IsEmpty());
    for (const char* behind : {"\n", "e\n", "e\n\n", "me\n"}) {
        EXPECT_THAT(with_text(behind), IsEmpty());
        EXPECT_EQ(count_of(behind), 0);
    }
}

TEST_P(SearchText, MayBeLongerThanAnyName) {
    const std::string name(1'000, 'x');
    have({name, name + "y"});
    EXPECT_THAT(with_text(name + "y"), ElementsAre(name + "y"));
    EXPECT_THAT(with_text(std::string(5'000, 'x')), IsEmpty());
}

TEST_P(SearchText, ThatIsEmptyFindsEverything) {
    have({"a", "b"});
    EXPECT_EQ(with_text("").size(), 2U);
    EXPECT_EQ(count_of(""), 2);
}

TEST_P(SearchText, FollowsARecordThatChangesItsPath) {
    have({"a"});
    save_file(client_, record("a", "/elsewhere"));
    EXPECT_THAT(with_text("elsewhere"), ElementsAre("a"));
    EXPECT_THAT(with_text("stored"), IsEmpty());
}

TEST(Terms, OfAPathAreNoneOfAText) {
    EXPECT_LT(path_term(""), 0);
    EXPECT_LT(path_term("/a"), 0);
    EXPECT_NE(path_term("/a"), path_term("/b"));
}

}  // namespace
}  // namespace catalogd::catalog::search

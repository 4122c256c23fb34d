#include "catalog/case_folding.h"

#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

class Folding : public CatalogFixture {
protected:
    CaseFolding folding_{writer()};
};

// SQLite's search index asked in its own way: one row for each character there is, and the one
// term that the index made of it. In a database in memory, since the catalog's forbids what a
// virtual table needs.
class FoldingOfTheIndex {
public:
    FoldingOfTheIndex() : index_(":memory:", SQLite::OPEN_READWRITE) {
        index_.exec(
            "CREATE VIRTUAL TABLE one USING fts5(text, tokenize = 'trigram');"
            "CREATE VIRTUAL TABLE terms USING fts5vocab(one, 'instance');"
            "WITH RECURSIVE c(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM c WHERE i < 0x10FFFF) "
            "INSERT INTO one (rowid, text) SELECT i, char(i) || '..' FROM c "
            "WHERE i NOT BETWEEN 0xD800 AND 0xDFFF;");
    }
    // Calls it with each character, as UTF-8, and what the index makes of it.
    template <class Visit>
    int each(Visit&& visit) {
        SQLite::Statement rows(
            index_, "SELECT doc, char(doc), substr(term, 1, length(term) - 2) FROM terms");
        int count = 0;
        for (; rows.executeStep(); ++count) {
            visit(static_cast<char32_t>(rows.getColumn(0).getInt()), rows.getColumn(1).getString(),
                  rows.getColumn(2).getString());
        }
        return count;
    }

private:
    SQLite::Database index_;
};

TEST_F(Folding, AgreesWithTheSearchIndexOnEveryCharacter) {
    int differing = 0;
    char32_t last = 0;
    const int count = FoldingOfTheIndex().each(
        [&](char32_t c, const std::string& text, const std::string& folded) {
            differing += folding_.fold(text) == folded ? 0 : 1;
            last = text != folded ? std::max(last, c) : last;
        });
    EXPECT_EQ(count, 0x10FFFF - 0x800);
    EXPECT_EQ(differing, 0);
    EXPECT_LE(last, 0x1FFFFU);  // where the catalog stops asking
    EXPECT_GT(last, 0x10000U);
}

TEST_F(Folding, MakesCasesEqual) {
    EXPECT_EQ(folding_.fold("ÄRGER Straße ΣΊΣΥΦΟΣ"), folding_.fold("ärger straße σίσυφοσ"));
    EXPECT_EQ(folding_.fold("ABC.TXT"), "abc.txt");
    EXPECT_EQ(folding_.fold(""), "");
}

TEST_F(Folding, KeepsAccentsApart) {
    EXPECT_NE(folding_.fold("Ä"), folding_.fold("A"));
}

TEST_F(Folding, FindsAPartInAnyCase) {
    EXPECT_TRUE(folding_.contains("Der ÄRGER", folding_.fold("äRG")));
    EXPECT_TRUE(folding_.contains("any", ""));
    EXPECT_FALSE(folding_.contains("Arger", folding_.fold("ärg")));
    EXPECT_FALSE(folding_.contains("", folding_.fold("a")));
}

TEST_F(Folding, SurvivesBytesThatAreNotUtf8) {
    for (const std::string& bytes : {std::string("\xC3"), std::string("\xF0\x9F"),
                                     std::string("a\x80z"), std::string("\xFF\xFE")}) {
        EXPECT_LE(folding_.fold(bytes).size(), 4 * bytes.size());
    }
}

}  // namespace
}  // namespace catalogd::catalog

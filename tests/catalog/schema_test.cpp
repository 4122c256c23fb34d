// docs/schema.md says what the schema is: held against the live one, both ways.
#include <algorithm>
#include <map>

#include "tests/catalog/catalog_fixture.h"
#include "tests/catalog/schema_page.h"

namespace catalogd::catalog {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAreArray;

class Schema : public CatalogFixture {
protected:
    std::vector<std::string> live(const std::string& sql) { return rows_of(writer(), sql); }

    static std::vector<std::string> joined(const std::vector<Cells>& rows, std::size_t columns) {
        std::vector<std::string> lines;
        for (const Cells& row : rows) {
            std::string line = row.at(0);
            for (std::size_t i = 1; i < columns; ++i) {
                line += "|" + row.at(i);
            }
            lines.push_back(line);
        }
        return lines;
    }
    // Index, table, columns; the primary key of a table without rowids counts as an index.
    std::vector<std::string> live_indexes() {
        return live(
            "SELECT iif(i.origin = 'pk', 'primary key', i.name), t.name, "
            "(SELECT group_concat(c.name, ', ') FROM pragma_index_info(i.name) c) "
            "FROM sqlite_schema t JOIN pragma_index_list(t.name) i WHERE t.type = 'table'");
    }
    std::string plan(const std::string& statement) {
        for (const Sql* sql : Sql::all()) {
            if (sql->name() == statement) {
                std::string steps;
                SQLite::Statement explain(writer().database(), "EXPLAIN QUERY PLAN " + sql->text());
                while (explain.executeStep()) {
                    steps += explain.getColumn(3).getString() + "\n";
                }
                return steps;
            }
        }
        return "no statement has this name";
    }
    [[nodiscard]] std::vector<Cells> indexes_on_page() const {
        return page_.table("## Indexes",
                           {"index", "table", "columns", "statements that it serves"});
    }

    SchemaPage page_{content_of(CATALOGD_SOURCE_DIR "/docs/schema.md")};
};

TEST_F(Schema, HasThePagesTables) {
    EXPECT_EQ(page_.tables(),
              live("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"));
}

TEST_F(Schema, HasThePagesColumnsInTheirOrder) {
    for (const std::string& table : page_.tables()) {
        const auto described = page_.table("### `" + table + "`", {"column", "type", "what it is"});
        EXPECT_EQ(joined(described, 2),
                  live("SELECT name, type FROM pragma_table_info('" + table + "')"))
            << table;
    }
}

TEST_F(Schema, HasThePagesIndexes) {
    EXPECT_THAT(joined(indexes_on_page(), 3), UnorderedElementsAreArray(live_indexes()));
}

TEST_F(Schema, UsesEachIndexForTheStatementsThatThePageNames) {
    for (const Cells& row : indexes_on_page()) {
        const std::string use = row[0] == "primary key" ? "PRIMARY KEY" : "INDEX " + row[0];
        const auto statements = words_of(row[3]);
        EXPECT_THAT(statements, Not(IsEmpty())) << row[0];
        for (const std::string& statement : statements) {
            EXPECT_THAT(plan(statement), HasSubstr(use)) << statement;
        }
    }
}

TEST_F(Schema, UsesNoIndexForAStatementThatThePageLeavesOut) {
    std::map<std::string, std::vector<std::string>> serves;
    for (const Cells& row : indexes_on_page()) {
        serves[row[0]] = words_of(row[3]);
    }
    for (const Sql* sql : Sql::all()) {
        const std::string name(sql->name());
        for (const auto& [index, statements] : serves) {
            const std::string use = index == "primary key" ? "PRIMARY KEY (client" : index + " ";
            if (plan(name).find(use) != std::string::npos) {
                EXPECT_THAT(statements, testing::Contains(name)) << index;
            }
        }
    }
}

TEST_F(Schema, HasThePagesCascades) {
    const auto described =
        page_.table("## Cascades", {"child", "column", "parent", "when the parent is deleted"});
    EXPECT_THAT(joined(described, 4),
                UnorderedElementsAreArray(
                    live("SELECT t.name, k.\"from\", k.\"table\", k.on_delete FROM sqlite_schema t "
                         "JOIN pragma_foreign_key_list(t.name) k WHERE t.type = 'table'")));
}

TEST_F(Schema, HasNoneOfTheIndexesThatAreGone) {
    const auto gone = page_.table("### Indexes of old", {"index", "why it is gone"});
    EXPECT_EQ(gone.size(), 13U);
    for (const Cells& row : gone) {
        EXPECT_THAT(live("SELECT 1 FROM sqlite_schema WHERE name = '" + row[0] + "'"), IsEmpty());
    }
}

TEST_F(Schema, IsStrictThroughoutAndHasNoTriggersOrViews) {
    EXPECT_THAT(live("SELECT name FROM pragma_table_list WHERE schema = 'main' AND "
                     "name NOT LIKE 'sqlite_%' AND NOT strict"),
                IsEmpty());
    EXPECT_THAT(live("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')"),
                IsEmpty());
}

TEST(SchemaPage, IsReadByHeadingAndTitles) {
    const SchemaPage page(
        "## Tables\n### `one`\n| a | b |\n|---|---|\n| `x` | y, z |\n\n| other |\n|---|\n| q |\n"
        "## Else\n### `two`\n| a | b |\n|---|---|\n| p | q |\n");
    EXPECT_EQ(page.tables(), std::vector<std::string>{"one"});
    EXPECT_EQ(page.table("### `one`", {"a", "b"}), (std::vector<Cells>{{"x", "y, z"}}));
    EXPECT_EQ(page.table("### `one`", {"a"}), std::vector<Cells>{});
    EXPECT_EQ(words_of("x, y; and more: z"), (std::vector<std::string>{"x", "y", "z"}));
}

}  // namespace
}  // namespace catalogd::catalog

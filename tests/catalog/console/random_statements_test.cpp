// Random statements, from a grammar and from what is made of them by chance: none changes anything,
// reads what is not shown, or leaves its connection other than it was.
#include <sqlite3.h>

#include <random>

#include "tests/catalog/console/console_fixture.h"

namespace catalogd::catalog::console {
namespace {

using Words = std::vector<std::string>;

// The first two of each may be used by anybody.
const Words names{"clients",
                  "files",
                  "main.clients",
                  "main.files",
                  "requests",
                  "sealing",
                  "sqlite_schema",
                  "temp.sqlite_master",
                  "pragma_table_info",
                  "json_each",
                  "dbstat",
                  "sqlite_stmt",
                  "search_terms",
                  "n",
                  "temp.clients",
                  "\"clients\"",
                  "FILES"};
const Words columns{
    "ID",           "count(*)",   "Name",       "FileName", "FileSize",
    "session_key",  "public_key", "reply",      "key_id",   "*",
    "rowid",        "sql",        "clients.ID", "number",   "main.clients.session_key",
    "c.session_key"};
const Words values{"1",       "'x'", "-1",  "9223372036854775807", "0.5",   "NULL",
                   "x'00ff'", "?1",  "'%'", "zeroblob(9)",         "9e999", "''",
                   "\"x\""};
const Words calls{"hex",          "quote",      "printf",       "load_extension",
                  "json_extract", "randomblob", "group_concat", "fts3_tokenizer",
                  "sqlite_log",   "lower",      "rtrim",        "max"};
const Words statements{"DELETE FROM main.clients",
                       "PRAGMA query_only = OFF",
                       "ATTACH ':memory:' AS x",
                       "VACUUM",
                       "PRAGMA user_version = 7",
                       "BEGIN IMMEDIATE",
                       "CREATE TEMP TABLE t AS SELECT 1",
                       "UPDATE main.files SET size = 0",
                       "DROP VIEW temp.clients",
                       "DROP VIEW clients",
                       "COMMIT",
                       "INSERT INTO main.requests DEFAULT VALUES",
                       "ALTER TABLE main.files ADD COLUMN x",
                       "REINDEX",
                       "CREATE TEMP TRIGGER t AFTER DELETE ON main.files BEGIN SELECT 1; END",
                       "ANALYZE",
                       "CREATE TEMP VIEW v AS SELECT session_key FROM main.clients",
                       "SAVEPOINT s",
                       "DETACH main",
                       "PRAGMA writable_schema = 1",
                       "SELECT 1",
                       "PRAGMA trusted_schema = 1",
                       "EXPLAIN VACUUM"};
const Words pieces{"SELECT",  "FROM",      "WHERE",  "(",     ")",          ",",
                   ";",       "UNION ALL", "AS",     "WITH",  "n",          "RETURNING *",
                   "INTO",    "PRAGMA",    "--",     "/*",    "*/",         "'",
                   "\"",      "\0",        "=",      "JOIN",  "ORDER BY 1", "LIMIT 3",
                   "EXPLAIN", "INSERT",    "VALUES", "main.", "temp."};

class RandomStatements : public ConsoleFixture, public testing::WithParamInterface<unsigned> {
protected:
    RandomStatements() { fill(); }

    std::size_t up_to(std::size_t bound) { return random_() % bound; }
    const std::string& one_of(const Words& words) { return words[up_to(words.size())]; }
    const std::string& some(const Words& words) { return words[up_to(tame_ ? 2 : words.size())]; }

    std::string expression(int depth) {
        switch (depth > 3 ? up_to(2) : up_to(7)) {
            case 0:
                return some(columns);
            case 1:
                return some(values);
            case 2:
                return some(calls) + "(" + expression(depth + 1) + ")";
            case 3:
                return "(" + select(depth + 1) + ")";
            case 4:
                return "EXISTS (" + select(depth + 1) + ")";
            default:
                return expression(depth + 1) +
                       one_of({" = ", " LIKE ", " || ", " IN (1), ", " + "}) +
                       expression(depth + 1);
        }
    }
    std::string source(int depth) {
        const std::string alias = up_to(2) == 0 ? " AS " + one_of({"clients", "files", "c"}) : "";
        return (depth > 2 || up_to(3) > 0 ? some(names) : "(" + select(depth + 1) + ")") + alias;
    }
    std::string select(int depth) {
        std::string text;
        if (up_to(4) == 0) {
            text = "WITH " + one_of({"clients", "files", "n"}) + " AS (" +
                   (depth > 2 ? "SELECT 1" : select(depth + 1)) + ") ";
        }
        text += "SELECT " + expression(depth) + " FROM " + source(depth);
        text += up_to(3) == 0 ? " JOIN " + source(depth) : "";
        text += up_to(2) == 0 ? " WHERE " + expression(depth) : "";
        return text + (up_to(4) == 0 ? " UNION " + select(depth + 1) : "");
    }
    // What anybody might send: well-formed, hostile, or neither.
    std::string statement() {
        tame_ = up_to(2) == 0;
        std::string text = up_to(6) == 0 ? one_of(statements) : select(0);
        for (std::size_t changes = up_to(4) * up_to(2); changes > 0; --changes) {
            const std::size_t at = up_to(text.size() + 1);
            text.erase(at, up_to(6));
            text.insert(at, " " + (up_to(4) == 0 ? one_of(statements) : one_of(pieces)) + " ");
        }
        return text;
    }

    // Whether it was answered.
    bool run(Console& console, const std::string& sql) {
        int looks = 0;
        const ReadConnection::Deadline deadline(console, [&] { return ++looks > 50; });
        try {
            std::vector<Cell> parameters;
            if (sql.find("?1") != std::string::npos) {
                parameters.emplace_back(std::int64_t{1});
            }
            const Result result = console.run({sql, parameters, 100});
            for (const std::string& row : readable(result.rows)) {
                EXPECT_EQ(row.find("5345414c45442d"), std::string::npos) << sql;
                EXPECT_EQ(row.find("SEALED-"), std::string::npos) << sql;
            }
            return true;
        } catch (const QueryRefused&) {
            return false;
        } catch (const SQLite::Exception& failure) {
            EXPECT_EQ(failure.getErrorCode(), SQLITE_INTERRUPT) << sql;
            return false;
        }
    }
    static void expect_as_it_was(Console& console, const std::string& sql) {
        sqlite3* handle = console.database().getHandle();
        EXPECT_EQ(sqlite3_total_changes64(handle), 0) << sql;
        EXPECT_EQ(sqlite3_get_autocommit(handle), 1) << sql;
        EXPECT_EQ(sqlite3_db_name(handle, 2), nullptr) << sql;
        EXPECT_EQ(sqlite3_db_readonly(handle, "main"), 1) << sql;
        EXPECT_EQ(sqlite3_next_stmt(handle, nullptr), nullptr) << sql;
    }

private:
    std::mt19937 random_{GetParam()};
    bool tame_ = false;  // the statement names nothing that it may not
};

TEST_P(RandomStatements, ChangeNothingAndSeeNothingSecret) {
    const auto before = everything();
    const auto reader = new_reader();
    const std::int64_t version = reader->query_integer("PRAGMA data_version");
    int answered = 0;
    for (int consoles = 0; consoles < 100; ++consoles) {
        Console console(options());
        for (int i = 0; i < 100; ++i) {
            const std::string sql = statement();
            answered += run(console, sql) ? 1 : 0;
            expect_as_it_was(console, sql);
        }
        EXPECT_EQ(readable(console.run({"SELECT count(*) FROM files", {}, 1}).rows).front(), "2");
    }
    EXPECT_GT(answered, 300) << "of 10,000: the grammar makes sense";
    EXPECT_EQ(reader->query_integer("PRAGMA data_version"), version);
    EXPECT_EQ(everything(), before);
}

TEST_P(RandomStatements, NameNoTableByChance) {
    for (int i = 0; i < 2000; ++i) {
        std::string name = up_to(2) == 0 ? one_of(names) : one_of(statements);
        name.insert(up_to(name.size() + 1), 1, static_cast<char>(up_to(256)));
        EXPECT_THROW(find_table(name), UnknownTable) << name;
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomStatements, testing::Values(1U, 2U, 3U, 4U));

}  // namespace
}  // namespace catalogd::catalog::console

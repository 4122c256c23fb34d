// The tables that people see: what is in them, page by page.
#include <set>

#include "catalog/identifiers.h"
#include "catalog/metrics.h"
#include "tests/catalog/console/console_fixture.h"

namespace catalogd::catalog::console {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Tables : public ConsoleFixture {
protected:
    std::vector<std::string> page(const std::string& table, std::int64_t limit = 1000) {
        return readable(read_rows(writer(), find_table(table), {}, limit).rows);
    }
    // By pages of so many rows.
    std::vector<std::string> all(const Table& table, std::int64_t limit) {
        std::vector<std::string> lines;
        std::optional<Position> after;
        do {
            Page page = read_rows(writer(), table, after, limit);
            const auto more = readable(page.rows);
            lines.insert(lines.end(), more.begin(), more.end());
            after = page.next;
        } while (after);
        return lines;
    }
    static std::string repeated(const std::string& part, int times) {
        std::string text;
        for (int i = 0; i < times; ++i) {
            text += part;
        }
        return text;
    }
    static std::string hex_of(const Id& id) {
        return readable({{Octets{Bytes(id.begin(), id.end())}}}).front();
    }
    // The extension that the table shows of a file of this name; "null" where there is none.
    std::string extension_of(const std::string& name) {
        const auto number = save_client("c" + name, static_cast<int>(count("clients")) + 10);
        save_file(number, file_named(name));
        return rows("SELECT FileExtension FROM files WHERE FileName = ?", {name}).front();
    }
};

TEST_F(Tables, ShowClientsUnderTheirOldColumns) {
    fill();
    EXPECT_THAT(page("clients"), ElementsAre("00000000000000000000000000000001|laptop|" +
                                                 repeated("70", 160) + "|2025-01-10T12:00:00.123Z",
                                             "00000000000000000000000000000002|desktop|null|"
                                             "1970-01-01T00:00:00.000Z"));
}

TEST_F(Tables, ShowFilesUnderTheirOldColumns) {
    fill();
    const auto files = page("files");
    ASSERT_EQ(files.size(), 2U);
    EXPECT_THAT(files[0],
                testing::EndsWith("|dir/a.TXT|/stored/a|1|42|1969-12-31T23:59:59.999Z|4294967295|"
                                  "00000000000000000000000000000001|document|text/plain|txt|"
                                  R"({"owner":"me"})"));
    EXPECT_THAT(files[1], testing::EndsWith("|bare|/stored/4|0|null|null|null|"
                                            "00000000000000000000000000000001|null|null|null|"
                                            "null"));
}

TEST_F(Tables, ShowSamplesMetricByMetric) {
    fill();
    EXPECT_THAT(page("metrics_history"), ElementsAre("1970-01-01T00:00:00.007Z|load|1.000000",
                                                     "2025-01-10T12:00:00.123Z|load|0.500000",
                                                     "1970-01-01T00:00:00.005Z|heat|20.000000"));
}

TEST_F(Tables, ShowTheIdentifierThatARecordHas) {
    const auto saved = save_file(save_client("a", 1), file_named("f"));
    EXPECT_THAT(rows("SELECT ID FROM files"), ElementsAre(hex_of(file_id(saved.file))));
}

TEST_F(Tables, CutTheExtensionAsRecordsDo) {
    for (const char* name :
         {"a.txt", "a.tar.GZ", ".bashrc", "none", "trailing.", "dir.d/none", "dir\\x.d\\none",
          "dir.d/a.b", "a\".b\"c", "a.b\\", "ünï.çode", "a..b", "dir/.", "\\.x", "a.{\"b"}) {
        const std::string expected(files::extension_of(name));
        std::string ascii = expected;
        std::transform(ascii.begin(), ascii.end(), ascii.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        EXPECT_EQ(extension_of(name), ascii.empty() ? "null" : ascii) << name;
    }
}

TEST_F(Tables, HaveNoColumnOfAKeyThatIsSecret) {
    fill();
    for (const Table& table : tables()) {
        for (const std::string& row : page(std::string(table.name()))) {
            EXPECT_THAT(row, Not(HasSubstr("5345414c45442d"))) << "SEALED-";
        }
        for (const Column& column : table.columns()) {
            EXPECT_THAT(std::string(column.expression), Not(HasSubstr("session_key")));
        }
    }
}

TEST_F(Tables, DescribeTheirColumnsAsTheyAre) {
    fill();
    for (const Table& table : tables()) {
        std::string types;
        for (const Column& column : table.columns()) {
            const std::string name(column.name);
            const std::string nulls = column.not_null ? "" : " OR " + name + " IS NULL";
            EXPECT_THAT(rows("SELECT " + name + " FROM " + std::string(table.name()) +
                             " WHERE NOT (typeof(" + name + ") = lower('" +
                             std::string(column.type) + "')" + nulls + ")"),
                        testing::IsEmpty())
                << name;
        }
    }
}

TEST_F(Tables, AreTheSameInPagesOfAnySize) {
    const auto number = save_client("a", 1);
    save_client("b", 2);
    save_files(number, {"e", "d", "c", "b", "a"});
    commit([](WriteTransaction& transaction) {
        // Of equal times, too: a page may end between two.
        metrics::record(transaction, {{"x", 1, 1}, {"x", 1, 2}, {"x", 2, 3}, {"y", 1, 4}}, {});
    });
    for (const Table& table : tables()) {
        const auto whole = all(table, 1000);
        for (const std::int64_t limit : {1, 2, 3, 5}) {
            EXPECT_EQ(all(table, limit), whole) << table.name() << limit;
        }
    }
}

TEST_F(Tables, EndAPageThatHasGrownLarge) {
    const auto number = save_client("a", 1);
    for (int i = 0; i < 40; ++i) {
        FileRecord file = file_named("f" + std::to_string(i));
        file.attributes = "{\"a\":\"" + std::string(60'000, 'x') + "\"}";
        save_file(number, file);
    }
    EXPECT_LT(page("files").size(), 20U);
    EXPECT_EQ(all(find_table("files"), 1000).size(), 40U);
}

TEST_F(Tables, AreFoundByTheirVeryNameAlone) {
    for (const std::string name :
         {"", "Clients", "clients ", "main.clients", "sealing", "sqlite_schema", "clients; --",
          "\"clients\"", "clients\n", "requests", "temp.clients", "*", "%"}) {
        EXPECT_THROW(find_table(name), UnknownTable) << name;
    }
    EXPECT_THROW(find_table(std::string("clients\0", 8)), UnknownTable);
    EXPECT_NO_THROW(find_table("clients"));
}

}  // namespace
}  // namespace catalogd::catalog::console

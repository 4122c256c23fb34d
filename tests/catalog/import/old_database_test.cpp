// Reading an old server's database: each schema, and whatever else a file may hold.
#include "catalog/import/old_database.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include "catalog/failure.h"
#include "tests/catalog/import/old_server.h"
#include "tests/catalog/temp_folder.h"

namespace catalogd::catalog::import {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class OldDatabaseTest : public testing::Test {
protected:
    [[nodiscard]] std::string path() const { return folder_.file("defensive.db"); }
    OldDatabase& old() {
        if (!old_) {
            old_.emplace(path(), [this] { return stopped; });
        }
        return *old_;
    }
    std::string refusal() {
        try {
            const OldDatabase opened(path(), [this] { return stopped; });
            return "";
        } catch (const NotImportable& refusal) {
            return refusal.reason;
        }
    }
    std::vector<std::string> files() {
        std::vector<std::string> names;
        old().files([&](const OldFile& file) { names.push_back(file.name.bytes); });
        return names;
    }
    OldFile only_file() {
        std::optional<OldFile> found;
        old().files([&](OldFile file) { found = std::move(file); });
        return found.value();
    }

    bool stopped = false;
    TempFolder folder_{TempFolder::fast()};

private:
    std::optional<OldDatabase> old_;
};

class EveryForm : public OldDatabaseTest, public testing::WithParamInterface<OldForm> {};

TEST_P(EveryForm, IsToldByItsSchema) {
    OldServer(path(), GetParam()).stop();
    EXPECT_EQ(old().schema().name(), name_of(GetParam()));
}

TEST_P(EveryForm, IsReadWithWhatIsInItsLogAlone) {
    OldServer(path(), GetParam()).client(1, "laptop").file(1, "a").crash();
    EXPECT_THAT(content_of(path()), Not(HasSubstr("laptop")));
    EXPECT_EQ(old().rows("clients"), 1);
    EXPECT_THAT(files(), ElementsAre("a"));
}

TEST_P(EveryForm, GivesEachFileItsClient) {
    OldServer(path(), GetParam()).client(1, "laptop").file(1, "a").stop();
    EXPECT_EQ(only_file().client.bytes, std::string(15, '\0') + '\1');
}

INSTANTIATE_TEST_SUITE_P(OfTheSeven, EveryForm, testing::ValuesIn(old_forms), [](const auto& each) {
    std::string name = name_of(each.param);
    std::erase(name, ' ');
    return name;
});

TEST_F(OldDatabaseTest, GivesFilesInOrderOfClientNameAndWriting) {
    OldServer server(path(), OldForm::base);
    server.client(1, "one").client(2, "two").file(2, "b").file(1, "z").row(1, "a", "0, 1, '', 1");
    server.row(1, "a", "1, 2, '', 2").stop();
    std::vector<std::string> seen;
    old().files([&](const OldFile& file) {
        seen.push_back(file.name.bytes + std::to_string(file.size.integer));
    });
    EXPECT_THAT(seen, ElementsAre("a1", "a2", "z7", "b7"));
}

TEST_F(OldDatabaseTest, TakesARowThatAnUpgradeHasLeftByItsIdentifierForItsClients) {
    OldServer server(path(), OldForm::oldest);
    server.client(1, "laptop").file(1, "left");
    server.run("ALTER TABLE files ADD COLUMN ClientID BLOB(16)").stop();
    EXPECT_EQ(only_file().client.bytes.back(), '\1');
    EXPECT_TRUE(only_file().id.is(OldValue::Type::null));
}

TEST_F(OldDatabaseTest, LeavesOutWhatAColumnHasByDefault) {
    OldServer server(path(), OldForm::migration_5);
    server.client(1, "laptop").file(1, "a").run("UPDATE files SET FileHash = 'abc'").stop();
    const OldCells others = only_file().others;
    ASSERT_EQ(others.size(), 1U);
    EXPECT_EQ(others[0].first, "FileHash");
}

TEST_F(OldDatabaseTest, NamesEveryOtherTable) {
    OldServer(path(), OldForm::migration_5).run("CREATE TABLE \"my \"\"own\" (x)").stop();
    EXPECT_THAT(old().other_tables(),
                ElementsAre("client_activity", "client_quotas", "database_migrations",
                            "file_categories", "file_versions", "my \"own", "transfer_stats"));
    old().cells("my \"own", [](const OldCells&) {});
}

TEST_F(OldDatabaseTest, RefusesWhatIsNoDatabase) {
    write_file(path(),
               "this is a text and not a database, as long as a header of one would be, or "
               "longer than one hundred bytes, which is where that ends");
    EXPECT_THAT(refusal(), HasSubstr("not an SQLite database"));
    write_file(path(), "");
    EXPECT_THAT(refusal(), HasSubstr("no tables clients and files"));
}

TEST_F(OldDatabaseTest, RefusesAnotherProgramsDatabase) {
    SQLite::Database(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE clients (ID, Name); CREATE TABLE music (title)");
    EXPECT_THAT(refusal(), HasSubstr("no tables clients and files"));
}

TEST_F(OldDatabaseTest, RefusesACatalogOfItsOwnKind) {
    SQLite::Database(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("PRAGMA application_id = 0x63617464; CREATE TABLE clients (ID, Name)");
    EXPECT_THAT(refusal(), HasSubstr("catalog of catalogd"));
}

TEST_F(OldDatabaseTest, RefusesADamagedFileAndSaysWhatIsWrong) {
    OldServer server(path(), OldForm::base);
    for (int i = 0; i < 200; ++i) {
        server.client(i, "client" + std::to_string(i));
    }
    server.stop();
    const std::string whole = content_of(path());
    std::string flipped = whole;
    for (std::size_t page = 1; page < whole.size() / 4096; ++page) {
        flipped[page * 4096 + 3] = static_cast<char>(flipped[page * 4096 + 3] ^ 0x55);
    }
    write_file(path(), flipped);
    EXPECT_THAT(refusal(), HasSubstr("the file is damaged: "));
    write_file(path(), whole.substr(0, whole.size() / 2));
    EXPECT_THAT(refusal(), HasSubstr("the file is damaged: "));
}

TEST_F(OldDatabaseTest, RefusesARowThatItsIndexDoesNotKnow) {
    OldServer server(path(), OldForm::base);
    server.client(1, "laptop").file(1, "quite-a-name").stop();
    std::string content = content_of(path());
    content[content.rfind("quite-a-name")] = 'Q';
    write_file(path(), content);
    EXPECT_THAT(refusal(), HasSubstr("missing from index"));
}

TEST_F(OldDatabaseTest, NeverRunsAView) {
    SQLite::Database(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec(
            "CREATE TABLE files (ID, FileName, PathName);"
            "CREATE VIEW clients AS WITH RECURSIVE n(ID, Name) AS "
            "(SELECT 1, 2 UNION ALL SELECT ID + 1, Name FROM n) SELECT * FROM n");
    EXPECT_THAT(refusal(), HasSubstr("no tables clients and files"));
}

TEST_F(OldDatabaseTest, ReadsATableWithoutRowids) {
    SQLite::Database(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec(
            "CREATE TABLE clients (id BLOB PRIMARY KEY, name) WITHOUT ROWID;"
            "CREATE TABLE files (ID BLOB, FileName, PathName, PRIMARY KEY (ID, FileName)) "
            "WITHOUT ROWID; INSERT INTO files VALUES (x'01', 'a', 'b')");
    EXPECT_THAT(files(), ElementsAre("a"));
}

TEST_F(OldDatabaseTest, KeepsValuesOfEveryTypeAsTheyAre) {
    OldServer server(path(), OldForm::base);
    server.client(1, "laptop").row(1, "a", "'yes', 1.5, x'00ff', NULL");
    server.run("UPDATE files SET FileName = CAST(x'ff00' AS TEXT)").stop();
    const OldFile file = only_file();
    EXPECT_EQ(file.name.bytes, std::string("\xFF\0", 2));
    EXPECT_EQ(file.verified.bytes, "yes");
    EXPECT_EQ(file.size.real, 1.5);
    EXPECT_TRUE(file.modified.is(OldValue::Type::blob));
    EXPECT_TRUE(file.crc.is(OldValue::Type::null));
}

TEST_F(OldDatabaseTest, EndsWhereItIsStopped) {
    OldServer server(path(), OldForm::base);
    server.run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
        "INSERT INTO metrics_history (timestamp, metric_name, value) SELECT i, i, i FROM n");
    server.stop();
    stopped = true;
    EXPECT_THROW(OldDatabase(path(), [] { return true; }), Stopped);
}

}  // namespace
}  // namespace catalogd::catalog::import

#include "catalog/catalog.h"

#include <sys/stat.h>
#include <unistd.h>

#include "tests/catalog/catalog_fixture.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog {
namespace {

using testing::HasSubstr;
using Kind = Unusable::Kind;

class Open : public testing::Test {
protected:
    [[nodiscard]] std::string path() const { return folder_.file("catalog.db"); }
    [[nodiscard]] std::string key_file() const { return folder_.file("catalog.key"); }

    Opened open_catalog() const {
        OpenOptions options;
        options.path = path();
        return open(options, {key_file()}, 1'234);
    }
    [[nodiscard]] std::string refusal_text() const {
        try {
            open_catalog();
        } catch (const Unusable& refusal) {
            return refusal.what();
        }
        return "opened";
    }
    void expect_refused(Kind kind, const std::string& text) {
        try {
            open_catalog();
            ADD_FAILURE() << "opened";
        } catch (const Unusable& refusal) {
            EXPECT_EQ(refusal.kind, kind);
            EXPECT_THAT(refusal.what(), HasSubstr(text));
        }
    }

    TempFolder folder_{TempFolder::fast()};
};

TEST_F(Open, MakesACatalogWhereThereIsNone) {
    const Opened opened = open_catalog();
    EXPECT_EQ(opened.migrated.from, 0);
    EXPECT_TRUE(opened.writer->files_in_place());
    EXPECT_EQ(opened.writer->query_integer("SELECT count(*) FROM sealing"), 1);
    EXPECT_EQ(opened.folding.fold("Ä"), "ä");
}

TEST_F(Open, FindsACatalogAgain) {
    const Bytes key_id = open_catalog().sealer.key_id();
    const Opened again = open_catalog();
    EXPECT_EQ(again.migrated.from, again.migrated.to);
    EXPECT_EQ(again.sealer.key_id(), key_id);
}

TEST_F(Open, KeepsOutsidersOutAndMakesNoSharedMemory) {
    const Opened opened = open_catalog();
    EXPECT_FALSE(std::filesystem::exists(path() + "-shm"));
    EXPECT_THAT(sqlite3_tool(path(), "SELECT 1 FROM clients").output,
                HasSubstr("database is locked"));
}

TEST_F(Open, NamesTheProcessThatHoldsTheCatalog) {
    const HoldingProcess holder(path());
    expect_refused(Kind::held, "held by process " + std::to_string(holder.pid()));
}

TEST_F(Open, SucceedsOnceTheHolderIsGone) {
    {
        const HoldingProcess holder(path());
    }
    EXPECT_EQ(open_catalog().migrated.to, static_cast<std::int64_t>(migrations().size()));
}

TEST_F(Open, LeavesTheHolderUnharmed) {
    {
        const Opened first = open_catalog();
    }
    const HoldingProcess holder(path());
    for (int i = 0; i < 20; ++i) {
        expect_refused(Kind::held, "held by process");
    }
    EXPECT_THAT(sqlite3_tool(path(), "SELECT 1 FROM clients").output,
                HasSubstr("database is locked"));
}

TEST_F(Open, RefusesAFileThatIsNoDatabase) {
    write_file(path(), std::string(20'000, 'x'));
    expect_refused(Kind::damaged, "damaged or not one");
    EXPECT_EQ(content_of(path()), std::string(20'000, 'x'));
}

TEST_F(Open, RefusesACatalogWhoseFirstPageIsDamaged) {
    {
        const Opened opened = open_catalog();
    }
    std::string content = content_of(path());
    content.replace(100, 100, std::string(100, '\xFF'));
    write_file(path(), content);
    expect_refused(Kind::damaged, "damaged or not one");
}

TEST_F(Open, RefusesAndKeepsAnotherProgramsDatabase) {
    sqlite3_tool(path(), "CREATE TABLE files (ID BLOB PRIMARY KEY); INSERT INTO files VALUES (1)");
    const std::string before = content_of(path());
    expect_refused(Kind::unsupported, "not a catalog of catalogd");
    EXPECT_EQ(content_of(path()), before);
    EXPECT_FALSE(std::filesystem::exists(path() + "-wal"));
    EXPECT_FALSE(std::filesystem::exists(key_file()));
}

TEST_F(Open, RefusesADatabaseThatOnlySaysWhoseItIs) {
    sqlite3_tool(path(), "PRAGMA application_id = 7; VACUUM");
    expect_refused(Kind::unsupported, "not a catalog of catalogd");
}

TEST_F(Open, TakesAnEmptyFileForANewCatalog) {
    write_file(path(), "");
    const Opened opened = open_catalog();
    EXPECT_EQ(opened.writer->query_integer("PRAGMA page_size"), 4096);
}

TEST_F(Open, RecoversACatalogWhoseWriterDied) {
    EXPECT_EQ(in_child([&] {
                  const Opened opened = open_catalog();
                  opened.writer->database().exec(
                      "INSERT INTO clients VALUES (1, zeroblob(16), 'one', NULL, NULL, 0)");
                  ::_exit(0);
                  return 1;
              }),
              0);
    EXPECT_GT(std::filesystem::file_size(path() + "-wal"), 0U);
    EXPECT_EQ(open_catalog().writer->query_text("SELECT name FROM clients"), "one");
}

TEST_F(Open, RemovesTheSharedMemoryThatAnotherProgramHasLeft) {
    write_file(path() + "-shm", "left by another program");
    const Opened opened = open_catalog();
    EXPECT_FALSE(std::filesystem::exists(path() + "-shm"));
}

class OpenAsNobody : public Open {
protected:
    void SetUp() override {
        {
            const Opened opened = open_catalog();
        }
        ::chmod(folder_.path().c_str(), 0777);
        ::chmod(path().c_str(), 0444);
    }
};

TEST_F(OpenAsNobody, RefusesACatalogThatMayOnlyBeRead) {
    EXPECT_EQ(as_nobody([&] { return refusal_text(); }),
              "the database " + path() + " is read-only");
    EXPECT_FALSE(std::filesystem::exists(path() + "-shm"));
}

TEST_F(OpenAsNobody, RefusesACatalogThatMayNotBeRead) {
    ::chmod(path().c_str(), 0);
    EXPECT_THAT(as_nobody([&] { return refusal_text(); }),
                HasSubstr("the database " + path() + ": unable to open"));
}

}  // namespace
}  // namespace catalogd::catalog

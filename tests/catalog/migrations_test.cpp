#include "catalog/migrations.h"

#include <sqlite3.h>

#include <algorithm>
#include <set>

#include "tests/catalog/catalog_fixture.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Migrations : public testing::Test {
protected:
    [[nodiscard]] std::string path() const { return folder_.file("catalog.db"); }

    WriteConnection& writer() {
        if (!writer_) {
            OpenOptions options;
            options.path = path();
            writer_ = std::make_unique<WriteConnection>(options);
        }
        return *writer_;
    }
    void close() { writer_.reset(); }

    // The steps of this program and one after them.
    static std::vector<Migration> steps_and(std::string_view sql) {
        auto steps = migrations();
        steps.push_back({static_cast<std::int64_t>(steps.size()) + 1, "9999_planted", sql});
        return steps;
    }
    Migrated migrate_to(const std::vector<Migration>& steps) {
        return migrate(writer(), steps, 1'234);
    }
    Unusable refusal_of(const std::vector<Migration>& steps) {
        try {
            migrate_to(steps);
        } catch (const Unusable& refusal) {
            return refusal;
        }
        ADD_FAILURE() << "the steps were taken";
        return {Unusable::Kind::damaged, ""};
    }
    static std::int64_t newest() { return static_cast<std::int64_t>(migrations().size()); }
    // What the file holds, without its identity in the file system.
    std::vector<std::string> state() {
        auto rows = rows_of(writer(), "SELECT type, name, sql FROM sqlite_schema ORDER BY name");
        rows.push_back(writer().query_text("PRAGMA application_id"));
        rows.push_back(writer().query_text("PRAGMA user_version"));
        if (rows.size() > 2) {
            for (const auto& row : rows_of(writer(), "SELECT * FROM migrations")) {
                rows.push_back(row);
            }
        }
        return rows;
    }

    TempFolder folder_{TempFolder::fast()};
    std::unique_ptr<WriteConnection> writer_;
};

TEST_F(Migrations, LeadFromAnEmptyFileToThisSchema) {
    const Migrated migrated = migrate_to(migrations());
    EXPECT_EQ(migrated.from, 0);
    EXPECT_EQ(migrated.to, newest());
    EXPECT_EQ(migrated.backup, std::nullopt);
    EXPECT_EQ(writer().query_integer("PRAGMA application_id"), 0x63617464);
    EXPECT_EQ(writer().query_integer("PRAGMA user_version"), migrated.to);
}

TEST_F(Migrations, AreNotedWithNameChecksumAndTime) {
    migrate_to(migrations());
    const Migration first = migrations().front();
    EXPECT_EQ(rows_of(writer(), "SELECT * FROM migrations WHERE version = 1").front(),
              "1|0001_clients_and_files|" + checksum(first.sql) + "|1234");
}

TEST_F(Migrations, ChangeNothingTheSecondTime) {
    migrate_to(migrations());
    const auto before = state();
    const Migrated again = migrate_to(migrations());
    EXPECT_EQ(again.from, again.to);
    EXPECT_EQ(again.backup, std::nullopt);
    EXPECT_EQ(state(), before);
}

TEST_F(Migrations, AreTheNumberedFilesOfTheTree) {
    std::set<std::string> in_tree;
    for (const auto& file :
         std::filesystem::directory_iterator(CATALOGD_SOURCE_DIR "/catalog/migrations")) {
        if (!file.path().stem().string().ends_with(".down")) {  // how to undo one of them
            in_tree.insert(file.path().stem());
        }
    }
    std::set<std::string> in_program;
    for (const Migration& step : migrations()) {
        EXPECT_EQ(std::stoll(std::string(step.name)), step.version);
        EXPECT_EQ(step.sql, content_of(CATALOGD_SOURCE_DIR "/catalog/migrations/" +
                                       std::string(step.name) + ".sql"));
        in_program.insert(std::string(step.name));
    }
    EXPECT_EQ(in_program, in_tree);
}

TEST_F(Migrations, HaveChecksumsThatDifferWithTheText) {
    EXPECT_EQ(checksum("a").size(), 64U);
    EXPECT_NE(checksum("a"), checksum("b"));
    // BLAKE2b-256 of nothing: a published value, so that old notes stay readable.
    EXPECT_EQ(checksum(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

TEST_F(Migrations, RefuseANewerCatalog) {
    migrate_to(steps_and("CREATE TABLE later (x)"));
    const auto before = state();
    const Unusable refusal = refusal_of(migrations());
    EXPECT_EQ(refusal.kind, Unusable::Kind::unsupported);
    EXPECT_THAT(refusal.what(),
                HasSubstr("has schema " + std::to_string(newest() + 1) +
                          ", and this program knows schemas up to " + std::to_string(newest())));
    EXPECT_EQ(state(), before);
}

TEST_F(Migrations, RefuseACatalogWhoseStepWasAnother) {
    auto steps = migrations();
    const std::string other = std::string(steps[0].sql) + "-- changed since";
    steps[0].sql = other;
    migrate_to(steps);
    const Unusable refusal = refusal_of(migrations());
    EXPECT_EQ(refusal.kind, Unusable::Kind::unsupported);
    EXPECT_THAT(refusal.what(), HasSubstr("schema step 1 was not the one"));
}

TEST_F(Migrations, LeaveAnEmptyFileWhenTheFirstStepFails) {
    auto steps = migrations();
    const std::string failing = std::string(steps[0].sql) + "; INSERT INTO nowhere VALUES (1);";
    steps[0].sql = failing;
    const Unusable refusal = refusal_of(steps);
    EXPECT_THAT(refusal.what(), HasSubstr("schema step 0001_clients_and_files failed"));
    EXPECT_THAT(refusal.what(), HasSubstr("no such table: nowhere"));
    EXPECT_THAT(state(), ElementsAre("0", "0"));
    EXPECT_EQ(migrate_to(migrations()).to, newest());
}

TEST_F(Migrations, LeaveTheOldSchemaWhenALaterStepFails) {
    migrate_to(migrations());
    const auto before = state();
    refusal_of(steps_and("CREATE TABLE later (x); DROP TABLE files; SELECT no_such_function()"));
    EXPECT_EQ(state(), before);
    EXPECT_EQ(migrate_to(steps_and("CREATE TABLE later (x)")).to, newest() + 1);
}

TEST_F(Migrations, BringEveryRecordOfTheFirstSchemaOver) {
    migrate_to({migrations().front()});
    writer().database().exec(
        "INSERT INTO clients VALUES (5, zeroblob(16), 'one', NULL, NULL, 0);"
        "INSERT INTO client_totals VALUES (5, 2, 1, 0, 7);"
        "INSERT INTO files VALUES (5, 'b', zeroblob(16), '/b', 1, 7, -1, 3, 'm', 'c', '{}'),"
        "(5, 'a', randomblob(16), '/a', 0, NULL, NULL, NULL, NULL, NULL, NULL)");
    EXPECT_EQ(migrate_to(migrations()).from, 1);
    EXPECT_THAT(
        rows_of(writer(),
                "SELECT number, client, name, path, verified, size, modified, "
                "crc, mime_type, category, attributes FROM files ORDER BY name"),
        ElementsAre("2|5|a|/a|0|null|null|null|null|null|null", "1|5|b|/b|1|7|-1|3|m|c|{}"));
    EXPECT_EQ(writer().summary().last_number, 2);
    EXPECT_EQ(writer().query_integer("SELECT files FROM client_totals"), 2);
}

class MigrationBackup : public Migrations {
protected:
    void SetUp() override {
        migrate_to(migrations());
        writer().database().exec(
            "INSERT INTO clients VALUES (1, zeroblob(16), 'one', NULL, NULL, 0)");
    }
    static std::string copy_name() { return "catalog.db.schema-" + std::to_string(newest()); }
    [[nodiscard]] std::string copy() const { return folder_.file(copy_name()); }
    std::vector<std::string> names_beside() {
        std::vector<std::string> names;
        for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
            names.push_back(file.path().filename());
        }
        std::sort(names.begin(), names.end());
        return names;
    }
};

TEST_F(MigrationBackup, IsTakenBeforeALaterStepAndNamed) {
    EXPECT_EQ(migrate_to(steps_and("DELETE FROM clients")).backup, copy());
    EXPECT_EQ(sqlite3_tool(copy(),
                           "SELECT name FROM clients; PRAGMA integrity_check; "
                           "PRAGMA user_version; PRAGMA journal_mode")
                  .output,
              "one\nok\n" + std::to_string(newest()) + "\ndelete\n");
}

TEST_F(MigrationBackup, LeavesNoOtherFile) {
    migrate_to(steps_and("DELETE FROM clients"));
    EXPECT_THAT(names_beside(), ElementsAre("catalog.db", "catalog.db-wal", copy_name()));
    close();
    EXPECT_THAT(names_beside(), ElementsAre("catalog.db", copy_name()));
}

TEST_F(MigrationBackup, IsThereWhenTheStepFails) {
    refusal_of(steps_and("broken"));
    EXPECT_EQ(sqlite3_tool(copy(), "SELECT name FROM clients").output, "one\n");
}

TEST_F(MigrationBackup, StopsEverythingWhereItCannotBeMade) {
    std::filesystem::create_directory(copy() + ".unfinished");
    const auto before = state();
    EXPECT_THAT(refusal_of(steps_and("DELETE FROM clients")).what(), HasSubstr("unfinished"));
    EXPECT_EQ(state(), before);
}

// A step is killed after each of its statements, by a function that the step itself calls.
class KilledMigration : public Migrations {
protected:
    static constexpr std::string_view deadly =
        "SELECT maybe_die(); CREATE TABLE later (x); SELECT maybe_die();"
        "INSERT INTO clients VALUES (1, zeroblob(16), 'one', NULL, NULL, 0); SELECT maybe_die();"
        "DROP TABLE files; SELECT maybe_die();";

    static void maybe_die(sqlite3_context* context, int /*count*/, sqlite3_value** /*values*/) {
        if (--*static_cast<int*>(sqlite3_user_data(context)) == 0) {
            ::_exit(7);
        }
    }
    static int die_in_commit(void* left) {
        return --*static_cast<int*>(left) == 0 ? ::_exit(7), 0 : 0;
    }

    // Migrates, and dies at the n-th chance; 0 where it was not reached.
    int migrate_and_die_at(int nth) {
        return in_child([&, left = nth]() mutable {
            sqlite3* handle = writer().database().getHandle();
            sqlite3_create_function(handle, "maybe_die", 0, SQLITE_UTF8, &left, maybe_die, nullptr,
                                    nullptr);
            sqlite3_commit_hook(handle, die_in_commit, &left);
            migrate_to(steps_and(deadly));
            return 0;
        });
    }
    bool is_whole() {
        const std::int64_t version = writer().query_integer("PRAGMA user_version");
        const auto tables = writer().query_integer("SELECT count(*) FROM sqlite_schema");
        EXPECT_EQ(writer().query_text("PRAGMA integrity_check"), "ok");
        const auto has = [&](const char* table) {
            return writer().query_integer("SELECT count(*) FROM sqlite_schema WHERE name = '" +
                                          std::string(table) + "'") == 1;
        };
        return version == 0          ? tables == 0
               : version <= newest() ? has("files") && !has("later")
                                     : !has("files") && has("later");
    }
};

TEST_F(KilledMigration, LeavesTheOldSchemaOrTheNew) {
    int nth = 1;
    for (int status = 7; status == 7; ++nth) {
        SCOPED_TRACE("killed at " + std::to_string(nth));
        std::filesystem::remove_all(folder_.path());
        std::filesystem::create_directory(folder_.path());
        status = migrate_and_die_at(nth);
        EXPECT_TRUE(status == 7 || status == 0);
        EXPECT_TRUE(is_whole());
        close();
    }
    EXPECT_GT(nth, 6);
}

}  // namespace
}  // namespace catalogd::catalog

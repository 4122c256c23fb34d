// Putting a backup in the place of the catalog, under those who have it open.
#include "catalog/backups/swap.h"

#include "catalog/backups/keys.h"
#include "catalog/resealing.h"
#include "tests/catalog/backups/backups_fixture.h"
#include "tests/catalog/outsider.h"
#include "tests/catalog/search/search_fixture.h"

namespace catalogd::catalog::backups {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Restore : public BackupsFixture {
protected:
    std::vector<std::string> file_names(Connection& connection) {
        return rows_of(connection, "SELECT name FROM files ORDER BY name");
    }
    std::vector<TableDigest> held() { return digests(writer(), {}); }
};

TEST_F(Restore, BringsBackWhatTheBackupHolds) {
    const Backup backup = take("one");
    commit([&](WriteTransaction& t) { clients::remove(t, id_of(1)); });
    save_files(save_client("two", 2), {"x"});
    restore("one");
    EXPECT_EQ(held(), backup.manifest.tables);
    expect_sound();
    expect_totals_exact();
}

TEST_F(Restore, IsThereAfterACrash) {
    const Backup backup = take("one");
    save_files(client_, {"d"});
    restore("one");
    crash();
    reopen();
    EXPECT_EQ(held(), backup.manifest.tables);
}

TEST_F(Restore, IsFollowedByWrites) {
    take("one");
    save_files(client_, {"d", "e"});
    restore("one");
    save_files(client_, {"f"});
    EXPECT_THAT(file_names(writer()), ElementsAre("a", "b", "c", "f"));
    expect_totals_exact();
    reopen();
    EXPECT_THAT(file_names(writer()), ElementsAre("a", "b", "c", "f"));
}

TEST_F(Restore, KeepsAReadersSnapshotUntilItEnds) {
    take("one");
    save_files(client_, {"d"});
    const auto reader = new_reader();
    {
        const Snapshot snapshot(*reader);
        EXPECT_EQ(file_names(*reader).size(), 4U);
        restore("one");
        EXPECT_EQ(file_names(*reader).size(), 4U);
    }
    EXPECT_EQ(file_names(*reader).size(), 3U);
}

TEST_F(Restore, LeavesTheOldCatalogWhereItIsBrokenOff) {
    std::vector<std::string> many;
    for (int i = 0; i < 30'000; ++i) {
        many.push_back("many" + std::to_string(i) + std::string(200, '-'));
    }
    save_files(client_, many);
    take("one");
    save_files(client_, {"d"});
    const auto before = held();
    restore_to_scratch("one");
    {
        Swap swap(writer(), scratch());
        EXPECT_FALSE(swap.step());
        EXPECT_GT(swap.done(), 0);
    }
    EXPECT_EQ(held(), before);
    save_files(client_, {"e"});
    expect_sound();
}

TEST_F(Restore, KeepsTheWriterTheOnlyOneAtTheFiles) {
    take("one");
    restore("one");
    EXPECT_TRUE(writer().files_in_place());
    EXPECT_THAT(sqlite3_tool(path(), "SELECT 1 FROM clients").output,
                HasSubstr("database is locked"));
}

TEST_F(Restore, TakesABackupOfAnotherPageSize) {
    const Backup backup = take("one");
    ASSERT_EQ(sqlite3_tool(store_.path("one"), "PRAGMA page_size = 8192; VACUUM").exit_status, 0);
    std::filesystem::copy_file(store_.path("one"), scratch());
    fit(scratch(), 4096, now, {});
    Swap swap(writer(), scratch());
    while (!swap.step()) {
    }
    EXPECT_EQ(held(), backup.manifest.tables);
    EXPECT_EQ(writer().query_integer("PRAGMA page_size"), 4096);
    EXPECT_EQ(writer().query_integer("PRAGMA auto_vacuum"), 2);
}

TEST_F(Restore, RefusesANewerSchema) {
    take("one");
    restore_to_scratch("one");
    sqlite3_tool(scratch(), "PRAGMA user_version = 999");
    try {
        fit(scratch(), 4096, now, {});
        FAIL() << "it was taken";
    } catch (const UnfitBackup& refusal) {
        EXPECT_THAT(refusal.reason, HasSubstr("it has schema 999"));
    }
}

TEST_F(Restore, SaysWhichKeyIsMissing) {
    const Sealer other = Sealer::open({folder_.file("other.key")}, {});
    const Sealer own = Sealer::open({folder_.file("own.key")}, {});
    commit([&](WriteTransaction& transaction) {
        clients::Change change;
        change.name = "sealed";
        change.sealed_key = other.seal(Bytes(32, 'K'), id_of(2));
        clients::save(transaction, id_of(2), change);
    });
    take("one");
    restore_to_scratch("one");
    const auto has = [](const Sealer& sealer) {
        return [&sealer](const Bytes& id) { return sealer.has(id); };
    };
    EXPECT_NO_THROW(check_keys(scratch(), "one", has(other)));
    try {
        check_keys(scratch(), "one", has(own));
        FAIL() << "nothing was missing";
    } catch (const BackupKeysMissing& missing) {
        EXPECT_THAT(missing.keys, ElementsAre(key_name(other.key_id())));
    }
}

TEST_F(Restore, OfACatalogInWhichNothingIsSealedTakesTheKeyThatIsHere) {
    const Sealer own = Sealer::open({folder_.file("own.key")}, {});
    take("one");
    restore_to_scratch("one");
    adopt_key(scratch(), own);
    CopyConnection copy(scratch(), {});
    EXPECT_EQ(resealing::noted_key(copy), own.key_id());
}

// A backup of every schema that a catalog with records can have.
class RestoreOfSchema : public Restore, public testing::WithParamInterface<std::size_t> {};

TEST_P(RestoreOfSchema, IsBroughtToThisPrograms) {
    const auto steps = migrations();
    OpenOptions old;
    old.path = folder_.file("old.db");
    {
        WriteConnection connection(old);
        migrate(connection, std::span(steps).first(GetParam()), now);
        connection.database().exec(
            "INSERT INTO clients (number, id, name, last_seen) "
            "VALUES (7, randomblob(16), 'old', 1)");
    }
    backups::restore_to_scratch(BackupFile{"old", old.path, {}}, scratch(), {});
    fit(scratch(), 4096, now, {});
    Swap swap(writer(), scratch());
    while (!swap.step()) {
    }
    EXPECT_THAT(rows_of(writer(), "SELECT name FROM clients"), ElementsAre("old"));
    EXPECT_EQ(writer().query_integer("PRAGMA user_version"),
              static_cast<std::int64_t>(steps.size()));
    save_files(7, {"new"});
    expect_sound();
}

INSTANTIATE_TEST_SUITE_P(Every, RestoreOfSchema,
                         testing::Range<std::size_t>(1, migrations().size() + 1));

// What is kept in memory of a catalog must not be taken for that of another.
class SearchAfterRestore : public search::SearchFixture {
protected:
    void take_and_restore(const std::function<void()>& meanwhile) {
        const Store store(folder_.file("backups"), 0);
        {
            MaintenanceConnection source(options());
            backups::take(source, store, "one", now, {});
        }
        meanwhile();
        backups::restore_to_scratch(store, store.find("one"), folder_.file("scratch"), {});
        Swap swap(writer(), folder_.file("scratch"));
        while (!swap.step()) {
        }
    }
};

TEST_F(SearchAfterRestore, FindsWhatTheBackupHolds) {
    save("before");
    take_and_restore([this] {
        save("lost");
        index_all();
        EXPECT_THAT(with_text("lost"), ElementsAre("lost"));
    });
    EXPECT_THAT(with_text("lost"), testing::IsEmpty());
    save("after");
    index_all();
    EXPECT_THAT(with_text("after"), ElementsAre("after"));
    EXPECT_THAT(with_text("before"), ElementsAre("before"));
}

TEST_F(SearchAfterRestore, IsNotTakenInByAReaderOfTheOldCatalog) {
    save("before");
    std::unique_ptr<ReadConnection> late;
    std::unique_ptr<Snapshot> old;
    take_and_restore([&] {
        save("lost");
        index_all();
        late = new_reader();
        old = std::make_unique<Snapshot>(*late);
        index_.segments(*late);
    });
    save("after");
    index_all();
    index_.segments(*late);  // as its snapshot has them, after the new ones were known
    EXPECT_THAT(with_text("after"), ElementsAre("after"));
    EXPECT_THAT(with_text("lost"), testing::IsEmpty());
}

TEST_F(SearchAfterRestore, DropsAStepThatWasBuiltBefore) {
    save("before");
    search::Step late;
    take_and_restore([&] {
        save("lost");
        late = build_step();
    });
    install_all(late);
    EXPECT_EQ(count("search_segments"), 0);
    save("after");
    EXPECT_THAT(with_text("after"), ElementsAre("after"));
}

}  // namespace
}  // namespace catalogd::catalog::backups

// Restoring without a daemon: on an empty machine, over a catalog, and over what was one.
#include "catalog/backups/offline.h"

#include "catalog/backups/keys.h"
#include "tests/catalog/backups/backups_fixture.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog::backups {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Offline : public BackupsFixture {
protected:
    void SetUp() override {
        BackupsFixture::SetUp();
        sealer_.emplace(Sealer::open({folder_.file("catalog.db.key")}, {}));
        commit([&](WriteTransaction& transaction) {
            clients::Change change;
            change.name = "sealed";
            change.sealed_key = sealer_->seal(key_, id_of(2));
            clients::save(transaction, id_of(2), change);
        });
        backup_ = take("one");
        save_files(client_, {"later"});
        close();
        std::filesystem::create_directory(folder_.file("other"));
    }

    // Of this machine, or of an empty one.
    [[nodiscard]] OfflineRestore order(const std::string& machine = ".") const {
        const std::string database = folder_.file(machine + "/catalog.db");
        OfflineRestore order;
        order.file = store_.path("one");
        order.database = database;
        order.key_file = database + ".key";
        order.folder = folder_.file(machine + "/backups");
        order.now = now;
        return order;
    }
    void bring_key() {
        std::filesystem::copy_file(folder_.file("catalog.db.key"),
                                   folder_.file("other/catalog.db.key"));
    }
    std::vector<TableDigest> held(const std::string& machine = ".") {
        WriteConnection catalog({folder_.file(machine + "/catalog.db")});
        return digests(catalog, {});
    }
    // Without the audit log, which begins anew where another catalog is replaced.
    static std::vector<TableDigest> records(std::vector<TableDigest> tables) {
        std::erase_if(tables, [](const auto& each) { return each.table.starts_with("audit"); });
        return tables;
    }
    std::string refusal(const OfflineRestore& order) {
        try {
            restore_offline(order, {});
        } catch (const Unusable& failure) {
            return failure.what();
        } catch (const UnfitBackup& failure) {
            return failure.reason;
        } catch (const BackupDamaged& failure) {
            return failure.reason;
        }
        return "";
    }
    std::vector<std::string> in_other() {
        std::vector<std::string> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder_.file("other"))) {
            files.push_back(entry.path().filename());
        }
        return files;
    }

    const Bytes key_ = Bytes(32, 'K');
    std::optional<Sealer> sealer_;
    Backup backup_;
};

TEST_F(Offline, YieldsTheSameDigestsAndReadableKeysOnAnEmptyMachine) {
    bring_key();
    const OfflineRestored restored = restore_offline(order("other"), {});
    EXPECT_TRUE(restored.noted);
    EXPECT_FALSE(restored.previous);
    EXPECT_EQ(held("other"), backup_.manifest.tables);
    const Sealer there = Sealer::open({folder_.file("other/catalog.db.key")}, sealer_->key_id());
    WriteConnection catalog({folder_.file("other/catalog.db")});
    EXPECT_EQ(there.unseal(clients::sealed_key(catalog, id_of(2)).value(), id_of(2)), key_);
}

TEST_F(Offline, SaysWhichKeyIsMissingBeforeItChangesAnything) {
    EXPECT_THROW(restore_offline(order("other"), {}), BackupKeysMissing);
    EXPECT_THAT(in_other(), IsEmpty());
    OfflineRestore anyway = order("other");
    anyway.without_keys = true;
    restore_offline(anyway, {});
    EXPECT_EQ(held("other"), backup_.manifest.tables);
}

TEST_F(Offline, KeepsTheCatalogThatWasThere) {
    const auto before = held();
    const OfflineRestored restored = restore_offline(order(), {});
    EXPECT_EQ(records(held()), records(backup_.manifest.tables));
    EXPECT_EQ(prove(restored.previous.value()).manifest.tables, before);
}

TEST_F(Offline, BeginsTheAuditLogAnewWhereItReplacesACatalog) {
    restore_offline(order(), {});
    reopen();
    audit::Verification verification(writer());
    while (verification.go_on(100)) {
    }
    EXPECT_FALSE(verification.broken());
    EXPECT_EQ(audit::list(writer(), INT64_MAX, 1).front().act.method, "io.catalogd.Admin.Restore");
}

TEST_F(Offline, LeavesNoFileOfItsOwn) {
    bring_key();
    restore_offline(order("other"), {});
    EXPECT_THAT(in_other(), testing::UnorderedElementsAre("catalog.db", "catalog.db.key"));
}

TEST_F(Offline, RefusesWhileAnotherProcessHoldsTheCatalog) {
    const HoldingProcess daemon(path());
    EXPECT_THAT(refusal(order()), HasSubstr("is held by process " + std::to_string(daemon.pid())));
}

TEST_F(Offline, SetsAsideADatabaseThatIsNone) {
    write_file(path(), "this is no database, " + std::string(5000, 'x'));
    const OfflineRestored restored = restore_offline(order(), {});
    EXPECT_EQ(held(), backup_.manifest.tables);
    EXPECT_THAT(content_of(restored.set_aside.value()), HasSubstr("this is no database"));
}

TEST_F(Offline, SetsAsideADatabaseWithADamagedPage) {
    std::string content = content_of(path());
    for (std::size_t page = 2; page * 4096 < content.size(); ++page) {
        content.replace(page * 4096, 64, std::string(64, '\xFF'));
    }
    write_file(path(), content);
    const OfflineRestored restored = restore_offline(order(), {});
    EXPECT_FALSE(restored.previous);
    EXPECT_EQ(held(), backup_.manifest.tables);
    EXPECT_EQ(content_of(restored.set_aside.value()), content);
}

TEST_F(Offline, TakesABackupOfWhichNothingIsNoted) {
    std::filesystem::copy_file(store_.path("one"), folder_.file("bare"));
    OfflineRestore bare = order();
    bare.file = folder_.file("bare");
    EXPECT_FALSE(restore_offline(bare, {}).noted);
    EXPECT_EQ(records(held()), records(backup_.manifest.tables));
}

TEST_F(Offline, RefusesADamagedBackupAndLeavesTheCatalog) {
    const auto before = held();
    std::string content = content_of(store_.path("one"));
    content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
    damage("one", content);
    EXPECT_THAT(refusal(order()), HasSubstr("SHA-256"));
    EXPECT_EQ(held(), before);
}

TEST_F(Offline, RefusesTheDatabaseItselfAndOneInUse) {
    OfflineRestore itself = order();
    itself.file = path();
    EXPECT_THAT(refusal(itself), HasSubstr("the database itself"));
    write_file(store_.path("one") + "-wal", "some frames");
    EXPECT_THAT(refusal(order()), HasSubstr("write-ahead log beside it"));
}

TEST_F(Offline, RefusesWhatIsNoFile) {
    OfflineRestore missing = order();
    missing.file = folder_.file("missing");
    EXPECT_THROW(restore_offline(missing, {}), UnknownBackup);
    missing.file = folder();
    EXPECT_THROW(restore_offline(missing, {}), UnknownBackup);
}

}  // namespace
}  // namespace catalogd::catalog::backups

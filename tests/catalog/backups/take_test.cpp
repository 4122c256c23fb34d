// Taking a backup: what is in it, what it refuses, and what it leaves.
#include <gtest/gtest.h>

#include "catalog/backups/keys.h"
#include "tests/catalog/backups/backups_fixture.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog::backups {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Take : public BackupsFixture {
protected:
    std::string in_backup(const std::string& name, const std::string& sql) {
        return sqlite3_tool(store_.path(name), sql).output;
    }
    std::string name_refused(const std::string& name) {
        try {
            take(name);
        } catch (const UnfitBackupName& refusal) {
            return refusal.reason;
        }
        return "";
    }
};

TEST_F(Take, HoldsEverythingThatWasCommitted) {
    take("first");
    EXPECT_EQ(in_backup("first", "SELECT name FROM files"), "a\nb\nc\n");
    EXPECT_EQ(in_backup("first", "PRAGMA integrity_check; PRAGMA foreign_key_check"), "ok\n");
}

TEST_F(Take, IsAFileAloneWithWhatWasNotedBesideIt) {
    take("first");
    in_backup("first", "SELECT count(*) FROM files");
    EXPECT_THAT(files(), ElementsAre("first.backup", "first.backup.manifest"));
    EXPECT_EQ(in_backup("first", "PRAGMA journal_mode"), "delete\n");
}

TEST_F(Take, NotesWhatItHolds) {
    const Manifest manifest = take("first").manifest;
    EXPECT_EQ(manifest.created, now);
    EXPECT_EQ(manifest.bytes, static_cast<std::int64_t>(content("first").size()));
    EXPECT_EQ(manifest.schema_version, static_cast<std::int64_t>(migrations().size()));
    EXPECT_EQ(store_.find("first").manifest, manifest);
    EXPECT_EQ(std::ranges::find(manifest.tables, "files", &TableDigest::table)->rows, 3);
}

TEST_F(Take, NotesTheSumThatSha256sumPrints) {
    const Manifest manifest = take("first").manifest;
    const std::string sum = folder_.file("sum");
    ASSERT_EQ(std::system(("sha256sum " + store_.path("first") + " > " + sum).c_str()), 0);
    EXPECT_EQ(content_of(sum).substr(0, 64), manifest.sha256);
}

TEST_F(Take, HoldsNothingThatIsCommittedAfterItHasBegun) {
    bool written = false;
    take("first", {[&](double) {
                       if (!std::exchange(written, true)) {
                           save_files(client_, {"late"});
                       }
                   },
                   {}});
    EXPECT_EQ(in_backup("first", "SELECT name FROM files"), "a\nb\nc\n");
    EXPECT_EQ(damage_found("first"), "");
}

TEST_F(Take, EndsWhileWritersGoOn) {
    std::vector<std::string> many;
    for (int i = 0; i < 20'000; ++i) {
        many.push_back("many" + std::to_string(i) + std::string(200, '-'));
    }
    save_files(client_, many);
    int written = 0;
    take("first", {[&](double) { save_files(client_, {"late" + std::to_string(++written)}); }, {}});
    EXPECT_GE(written, 5);
    EXPECT_EQ(in_backup("first", "SELECT count(*) FROM files"), "20003\n");
    EXPECT_EQ(count("files"), 20'003 + written);
}

TEST_F(Take, TellsHowFarItHasComeAndNeverGoesBack) {
    std::vector<double> told;
    take("first", {[&](double done) { told.push_back(done); }, {}});
    EXPECT_TRUE(std::ranges::is_sorted(told));
    EXPECT_LE(told.back(), 1);
}

TEST_F(Take, RefusesANameThatIsTaken) {
    take("first");
    const std::string before = content("first");
    save_files(client_, {"d"});
    EXPECT_THAT(name_refused("first"), HasSubstr("there is a backup of this name"));
    EXPECT_EQ(content("first"), before);
}

TEST_F(Take, RefusesWhatIsNoName) {
    for (const std::string& name : {std::string(), std::string(".hidden"), std::string("../up"),
                                    std::string("a/b"), std::string("a b"), std::string("a\0b", 3),
                                    std::string("\xC3\xA4"), std::string(101, 'a')}) {
        EXPECT_THAT(name_refused(name), HasSubstr("1 to 100")) << name;
    }
    EXPECT_EQ(name_refused(std::string(100, 'a')), "");
}

TEST_F(Take, NeverTouchesTheCatalogsOwnFiles) {
    const Store beside(folder_.path(), 0);
    MaintenanceConnection source(options());
    for (const char* const name : {"catalog.db", "catalog.db-wal", "catalog.db-journal"}) {
        backups::take(source, beside, name, now, {});
    }
    EXPECT_FALSE(std::filesystem::exists(path() + "-journal"));
    save_files(client_, {"d"});
    EXPECT_TRUE(writer().files_in_place());
    reopen();
    EXPECT_EQ(count("files"), 4);
}

TEST_F(Take, LeavesNothingWhereItIsStopped) {
    EXPECT_THROW(take("first", {{}, [] { return true; }}), Stopped);
    EXPECT_THAT(files(), IsEmpty());
}

TEST_F(Take, CanBeStoppedBetweenAnyTwoSlices) {
    int slices = 0;
    take("whole", {[&](double) { ++slices; }, {}});
    for (int end = 0; end < slices; ++end) {
        int left = end;
        const Slices stopped([&](double) { --left; }, [&] { return left <= 0; });
        EXPECT_ANY_THROW(take("part", stopped)) << end;
        EXPECT_THAT(files(), ElementsAre("whole.backup", "whole.backup.manifest"));
    }
}

TEST_F(Take, RefusesToFillTheDiskBeyondItsFloor) {
    const Store store(folder(), std::int64_t{1} << 60);
    MaintenanceConnection source(options());
    try {
        backups::take(source, store, "first", now, {});
        FAIL() << "it was taken";
    } catch (const DiskTooSmall& refusal) {
        EXPECT_THAT(refusal.reason, HasSubstr("1152921504606846976 must stay so"));
    }
    EXPECT_THAT(files(), IsEmpty());
}

TEST_F(Take, HoldsNoSessionKeyInClear) {
    const Bytes key(32, 'K');
    const Sealer sealer = Sealer::open({folder_.file("key")}, {});
    commit([&](WriteTransaction& transaction) {
        clients::Change change;
        change.name = "sealed";
        change.sealed_key = sealer.seal(key, id_of(2));
        clients::save(transaction, id_of(2), change);
    });
    const Backup backup = take("first");
    EXPECT_THAT(content("first"), Not(HasSubstr(key)));
    EXPECT_THAT(content_of(manifest_beside(store_.path("first"))), Not(HasSubstr(key)));
    EXPECT_THAT(backup.manifest.keys, ElementsAre(key_name(sealer.key_id())));
}

TEST_F(Take, MakesItsFilesForTheirOwnerAlone) {
    take("first");
    for (const std::string& file : files()) {
        const auto mode = std::filesystem::status(folder() + '/' + file).permissions();
        EXPECT_EQ(mode & std::filesystem::perms(077), std::filesystem::perms::none) << file;
    }
}

}  // namespace
}  // namespace catalogd::catalog::backups

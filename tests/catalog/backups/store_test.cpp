// The folder of backups: what it lists, what it lets go, and what a kill may leave in it.
#include "tests/catalog/backups/backups_fixture.h"

namespace catalogd::catalog::backups {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t day = std::int64_t{24} * 60 * 60 * 1000;

class BackupStore : public BackupsFixture {
protected:
    void write(const std::string& name, const std::string& content) {
        write_file(folder() + '/' + name, content);
    }
    std::string manifest(const std::string& name) {
        return content_of(manifest_beside(store_.path(name)));
    }
    void note(const std::string& name, const std::string& text) {
        write_file(manifest_beside(store_.path(name)), text);
    }
};

TEST_F(BackupStore, ListsTheNewestFirst) {
    take("one");
    now += 1000;
    take("two");
    EXPECT_THAT(names(), ElementsAre("two", "one"));
}

TEST_F(BackupStore, IsEmptyWhereThereIsNoFolder) {
    EXPECT_THAT(names(), IsEmpty());
    EXPECT_THROW(static_cast<void>(store_.find("one")), UnknownBackup);
}

TEST_F(BackupStore, ShowsABackupOfWhichNothingIsNoted) {
    take("one");
    std::filesystem::remove(manifest_beside(store_.path("one")));
    EXPECT_THAT(names(), ElementsAre("one"));
    EXPECT_THAT(store_.find("one").problem, HasSubstr("is missing or not readable"));
    EXPECT_THAT(damage_found("one"), HasSubstr("is missing or not readable"));
}

TEST_F(BackupStore, TakesANoteForWhatItWasOnlyWhole) {
    take("one");
    const std::string noted = manifest("one");
    for (std::size_t length = 0; length < noted.size(); ++length) {
        note("one", noted.substr(0, length));
        EXPECT_NE(store_.find("one").problem, "") << length;
    }
    note("one", noted + "more\n");
    EXPECT_NE(store_.find("one").problem, "");
    note("one", noted);
    EXPECT_EQ(store_.find("one").problem, "");
}

TEST_F(BackupStore, HidesWhatIsNoBackup) {
    take("one");
    write("other.txt", "");
    write(".backup", "");
    write("a b.backup", "");
    std::filesystem::create_directory(folder() + "/folder.backup");
    std::filesystem::create_symlink(store_.path("one"), store_.path("link"));
    EXPECT_THAT(names(), ElementsAre("one"));
}

TEST_F(BackupStore, KnowsNoBackupOutsideItsFolder) {
    take("one");
    for (const char* const name : {"../catalog.db", "../backups/one", "/etc/passwd", "", "."}) {
        EXPECT_THROW(static_cast<void>(store_.find(name)), UnknownBackup) << name;
        EXPECT_THROW(store_.remove(name), UnknownBackup) << name;
        EXPECT_THROW(static_cast<void>(store_.read(name, 0, 1)), UnknownBackup) << name;
    }
}

TEST_F(BackupStore, RemovesABackupWithWhatWasNoted) {
    take("one");
    store_.remove("one");
    EXPECT_THAT(files(), IsEmpty());
    EXPECT_THROW(store_.remove("one"), UnknownBackup);
}

TEST_F(BackupStore, ReadsAnyPart) {
    take("one");
    const std::string whole = content("one");
    EXPECT_EQ(store_.read("one", 0, 100), whole.substr(0, 100));
    EXPECT_EQ(store_.read("one", 5000, 1 << 30), whole.substr(5000));
    EXPECT_EQ(store_.read("one", static_cast<std::int64_t>(whole.size()), 10), "");
}

TEST_F(BackupStore, RemovesWhatAKillHasLeft) {
    take("one");
    std::filesystem::create_directory(folder() + "/.unfinished-taken");
    write(".unfinished-taken/copy", "half");
    write("gone.backup.manifest", "of no backup");
    store_.remove_unfinished();
    EXPECT_THAT(files(), ElementsAre("one.backup", "one.backup.manifest"));
}

TEST_F(BackupStore, NamesABackupByItsTime) {
    now = 1'795'552'200'000;
    EXPECT_EQ(store_.free_name("catalog", now), "catalog-20261124T203000Z");
    take(store_.free_name("catalog", now));
    EXPECT_EQ(store_.free_name("catalog", now), "catalog-20261124T203000Z-2");
}

class Expiry : public testing::Test {
protected:
    // A day apart, the newest first: "p" is proven, "?" one of which nothing is noted.
    static std::vector<std::string> gone(const std::string& kinds, const Retention& retention) {
        std::vector<Backup> backups;
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            Backup backup{std::to_string(i), {}, {}};
            backup.manifest.created = -static_cast<std::int64_t>(i) * day;
            backup.manifest.sha256 = kinds[i] == '?' ? "" : "00";
            if (kinds[i] == 'p') {
                backup.manifest.proven = 0;
            }
            backups.push_back(backup);
        }
        return expired(backups, retention, 0);
    }
};

TEST_F(Expiry, LetsGoWhatIsBeyondTheCount) {
    EXPECT_THAT(gone("------", {1, 4, 100 * day}), ElementsAre("4", "5"));
}

TEST_F(Expiry, LetsGoWhatIsTooOld) {
    EXPECT_THAT(gone("------", {1, 100, 3 * day}), ElementsAre("4", "5"));
}

TEST_F(Expiry, KeepsTheNewestGenerationsHoweverOldTheyAre) {
    EXPECT_THAT(gone("------", {3, 0, -1}), ElementsAre("3", "4", "5"));
}

TEST_F(Expiry, KeepsTheNewestThatWasProven) {
    EXPECT_THAT(gone("--p-pp", {1, 1, 0}), ElementsAre("1", "3", "4", "5"));
}

TEST_F(Expiry, LeavesWhatItDoesNotKnow) {
    EXPECT_THAT(gone("-\?\?-", {1, 1, 0}), ElementsAre("3"));
}

}  // namespace
}  // namespace catalogd::catalog::backups

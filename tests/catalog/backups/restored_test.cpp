// Whether a backup is what was taken: found out by restoring it.
#include "tests/catalog/backups/backups_fixture.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog::backups {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;

class Proof : public BackupsFixture {
protected:
    // Changes the file, and what was noted of its bytes, as somebody would who has made it.
    void forge(const std::string& name, const std::string& sql) {
        ASSERT_EQ(sqlite3_tool(store_.path(name), sql).exit_status, 0);
        Backup backup = store_.find(name);
        backup.manifest.bytes = static_cast<std::int64_t>(content(name).size());
        backup.manifest.sha256 = hash_of(name);
        write_file(manifest_beside(store_.path(name)), to_text(backup.manifest));
    }
    std::string hash_of(const std::string& name) {
        const std::string sum = folder_.file("sum");
        EXPECT_EQ(std::system(("sha256sum " + store_.path(name) + " > " + sum).c_str()), 0);
        return content_of(sum).substr(0, 64);
    }
};

TEST_F(Proof, IsNotedWithItsTime) {
    take("one");
    EXPECT_FALSE(store_.find("one").manifest.proven);
    now += 5000;
    prove("one");
    EXPECT_EQ(store_.find("one").manifest.proven, now);
    EXPECT_THAT(files(), ElementsAre("one.backup", "one.backup.manifest"));
}

TEST_F(Proof, ChangesNothingOfTheBackup) {
    take("one");
    const std::string before = content("one");
    prove("one");
    EXPECT_EQ(content("one"), before);
}

TEST_F(Proof, FindsAFlippedBitInEveryRegion) {
    take("one");
    const std::string whole = content("one");
    for (std::size_t at = 0; at < whole.size(); at += 997) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
        damage("one", flipped);
        EXPECT_THAT(damage_found("one"), HasSubstr("SHA-256")) << at;
    }
    damage("one", whole);
    EXPECT_EQ(damage_found("one"), "");
}

TEST_F(Proof, FindsAFileThatWasCut) {
    take("one");
    const std::string whole = content("one");
    for (const std::size_t size : {std::size_t{0}, std::size_t{100}, whole.size() - 1}) {
        damage("one", whole.substr(0, size));
        EXPECT_THAT(damage_found("one"), HasSubstr("another size")) << size;
    }
}

TEST_F(Proof, FindsARowThatIsNotTheOneNoted) {
    take("one");
    forge("one", "UPDATE files SET path = '/elsewhere' WHERE name = 'b'");
    EXPECT_THAT(damage_found("one"), HasSubstr("the rows of table files"));
}

TEST_F(Proof, FindsARowThatIsMissing) {
    take("one");
    forge("one", "DELETE FROM files WHERE name = 'b'");
    EXPECT_THAT(damage_found("one"), HasSubstr("table files has 2 rows, and 3 were noted"));
}

TEST_F(Proof, FindsAReferenceThatIsNotTheOneNoted) {
    take("one");
    forge("one", "PRAGMA foreign_keys = OFF; UPDATE files SET client = 77 WHERE name = 'b'");
    EXPECT_THAT(damage_found("one"), HasSubstr("the rows of table files"));
}

TEST_F(Proof, FindsATableThatIsMissing) {
    take("one");
    forge("one", "DROP TABLE removals");
    EXPECT_THAT(damage_found("one"), HasSubstr("table removals is missing"));
}

TEST_F(Proof, FindsAnotherProgramsDatabase) {
    take("one");
    forge("one", "PRAGMA application_id = 0");
    EXPECT_THAT(damage_found("one"), HasSubstr("no catalog of catalogd"));
}

TEST_F(Proof, SurvivesDamageOfWhichNothingIsNoted) {
    take("one");
    const std::string whole = content("one");
    const BackupFile unknown{"one", folder_.file("bare"), {}};
    for (std::size_t at = 0; at < whole.size(); at += 251) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x41);
        write_file(unknown.path, flipped);
        std::filesystem::remove(scratch());
        try {
            backups::restore_to_scratch(unknown, scratch(), {});
        } catch (const BackupDamaged& damaged) {
            EXPECT_NE(damaged.reason, "");
        }
    }
}

TEST_F(Proof, NeedsRoomForACopy) {
    take("one");
    const Store full(folder(), std::int64_t{1} << 60);
    EXPECT_THROW(backups::prove(full, "one", now, {}), DiskTooSmall);
}

}  // namespace
}  // namespace catalogd::catalog::backups

// Reading the configuration file anew, while settings are kept beside it.
#include <tuple>

#include "tests/daemon/settings_fixture.h"

namespace catalogd::daemon {
namespace {

using config::Level;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using ReloadTest = SettingsFixture;

TEST_F(ReloadTest, PutsTheFileInForce) {
    set("log.level", "debug");
    commit();
    write_file("log: {level: error}\nreaders: {count: 9}\nsocket: {path: /elsewhere}\n");
    const auto reply = *settings().reload();
    EXPECT_THAT(reply.changed, ElementsAre("socket.path", "readers.count", "log.level"));
    EXPECT_THAT(reply.need_restart, ElementsAre("socket.path", "readers.count"));
    EXPECT_EQ(level(), Level::Error);
    EXPECT_EQ(shown("log.level").source, "file");
}

TEST_F(ReloadTest, FallsBackToTheCatalogWhereTheFileSaysNothingMore) {
    stored = {{"log.level", "debug"}};
    write_file("log: {level: error}\n");
    EXPECT_EQ(level(), Level::Error);
    write_file("");
    EXPECT_THAT(settings().reload()->changed, ElementsAre("log.level"));
    EXPECT_EQ(level(), Level::Debug);
}

TEST_F(ReloadTest, OfWhatHasNotChangedChangesNothing) {
    write_file("log: {level: error}\n");
    EXPECT_THAT(settings().reload()->changed, IsEmpty());
    EXPECT_THAT(settings().reload()->need_restart, IsEmpty());
}

TEST_F(ReloadTest, KeepsAllOfTheOldWhereAnythingIsWrong) {
    write_file("log: {level: error}\n");
    settings();
    write_file("log: {level: debug}\nwriter: {batch: 0}\nmoon: {}\n");
    const auto refused = settings().reload();
    EXPECT_THAT(std::get<errors::ConfigurationInvalid>(refused.error()).problems,
                ElementsAre(HasSubstr(":2:17: writer.batch: must be 1 to 10000, is 0"),
                            HasSubstr(":3:1: moon: unknown section")));
    EXPECT_EQ(level(), Level::Error);
    EXPECT_TRUE(applied.empty());
}

TEST_F(ReloadTest, TellsWhatCameOfEachReading) {
    settings();
    std::ignore = settings().reload();
    write_file("moon: {}\n");
    std::ignore = settings().reload();
    EXPECT_THAT(readings, ElementsAre(true, false));
}

TEST_F(ReloadTest, RefusesUsersWhomThisMachineDoesNotKnow) {
    settings();
    write_file("access:\n  admin: [user:no-such-user]\n");
    const auto refused = settings().reload();
    EXPECT_THAT(std::get<errors::ConfigurationInvalid>(refused.error()).problems,
                ElementsAre(HasSubstr("yaml:2: access.admin: there is no user:no-such-user")));
    EXPECT_TRUE(applied.empty());
}

TEST_F(ReloadTest, RefusesAFileThatIsGone) {
    settings();
    std::filesystem::remove(folder().file("catalogd.yaml"));
    EXPECT_TRUE(settings().reload().has_error());
}

TEST_F(ReloadTest, TakesTheSettingsOfAnotherCatalog) {
    stored = {{"log.level", "debug"}};
    settings().adopt({{"writer.batch", "7"}});
    EXPECT_EQ(level(), Level::Info);
    EXPECT_EQ(applied.back().writer.batch, 7);
}

}  // namespace
}  // namespace catalogd::daemon

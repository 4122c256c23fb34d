#include "protocol/settings.h"

#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;
namespace errors = protocol::errors;
namespace settings = protocol::settings;

class SettingsTest : public CommandTest {
protected:
    void know(const std::string& value, bool needs_restart = false) {
        daemon_.on<settings::SetSetting>(
            {{"readers.count", value, "catalog", needs_restart, "Connections."}});
    }
};

TEST_F(SettingsTest, AreListedAsATable) {
    daemon_.on<settings::ListSettings>({{{"log.level", "info", "default", false, "Messages."},
                                         {"readers.count", "8", "file", true, "Connections."}}});
    EXPECT_EQ(run({"settings", "list"}), ExitCode::ok);
    EXPECT_EQ(out_.str(),
              "NAME           VALUE  SOURCE   CHANGES\n"
              "log.level      info   default  at once\n"
              "readers.count  8      file     at restart\n");
}

TEST_F(SettingsTest, AreOneObjectPerLineForAProgram) {
    daemon_.on<settings::ListSettings>({{{"log.level", "info", "default", false, "Messages."},
                                         {"readers.count", "8", "file", true, "Connections."}}});
    EXPECT_EQ(run({"settings", "list", "--json"}), ExitCode::ok);
    EXPECT_EQ(lines(), 2);
    EXPECT_THAT(out_.str(), StartsWith(R"({"name":"log.level","value":"info","source":"default",)"
                                       R"("needsRestart":false,"description":"Messages."})"));
}

TEST_F(SettingsTest, AreListedAsCsv) {
    daemon_.on<settings::ListSettings>({{{"access.read", "[user:a, user:b]", "file", false, "."}}});
    EXPECT_EQ(run({"settings", "list", "--csv"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), StartsWith("name,value,source,needsRestart,description\r\n"
                                       "access.read,\"[user:a, user:b]\",file,false,.\r\n"));
}

TEST_F(SettingsTest, AreSetUnderARequestId) {
    know("8", true);
    EXPECT_EQ(run({"settings", "set", "readers.count", "8"}), ExitCode::ok);
    EXPECT_THAT(daemon_.calls(),
                ElementsAre(HasSubstr(R"({"name":"readers.count","value":"8","requestId":")")));
    EXPECT_EQ(out_.str(), "readers.count is 8 (catalog), once the daemon is restarted\n");
}

TEST_F(SettingsTest, TakeListsAndEmptyValues) {
    know("8");
    for (const std::string value : {"[]", "[user:a, group:b]", "user:a,group:b", ""}) {
        EXPECT_EQ(run({"settings", "set", "access.read", value}), ExitCode::ok);
        EXPECT_THAT(daemon_.calls().back(), HasSubstr("\"value\":\"" + value + "\""));
    }
}

TEST_F(SettingsTest, AreForgotten) {
    know("4");
    EXPECT_EQ(run({"settings", "unset", "readers.count", "--json"}), ExitCode::ok);
    EXPECT_THAT(daemon_.calls(),
                ElementsAre(HasSubstr(R"({"name":"readers.count","requestId":")")));
    EXPECT_THAT(out_.str(), StartsWith(R"({"name":"readers.count","value":"4")"));
}

TEST_F(SettingsTest, SayWhereTheyAreFixed) {
    daemon_.on_error<settings::SetSetting>(errors::SettingFixed{"log.level", "file", 3});
    EXPECT_EQ(run({"settings", "set", "log.level", "debug"}), ExitCode::failed);
    EXPECT_THAT(err_.str(), HasSubstr("'log.level' is fixed by the daemon's file, line 3"));
    daemon_.on_error<settings::SetSetting>(errors::SettingFixed{"socket.path", "default", {}});
    EXPECT_EQ(run({"settings", "set", "socket.path", "/s"}), ExitCode::failed);
    EXPECT_THAT(err_.str(), HasSubstr("'socket.path' is needed before the catalog is open"));
}

TEST_F(SettingsTest, SayWhichOneIsUnknown) {
    daemon_.on_error<settings::SetSetting>(errors::UnknownSetting{"log.lvel"});
    EXPECT_EQ(run({"settings", "set", "log.lvel", "debug"}), ExitCode::not_found);
    EXPECT_THAT(err_.str(), HasSubstr("'log.lvel' is unknown"));
}

TEST_F(SettingsTest, ReloadTellsWhatChangedAndWhatDoesNotYet) {
    daemon_.on<settings::Reload>({{"log.level", "readers.count"}, {"readers.count"}});
    EXPECT_EQ(run({"reload"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "Changed: log.level readers.count\nNeeds a restart: readers.count\n");
}

TEST_F(SettingsTest, ReloadTellsThatNothingChanged) {
    daemon_.on<settings::Reload>({});
    EXPECT_EQ(run({"reload"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "Changed: nothing\nNeeds a restart: nothing\n");
    EXPECT_EQ(run({"reload", "--json"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("{\"changed\":[],\"needRestart\":[]}\n"));
}

TEST_F(SettingsTest, ReloadTellsEverythingThatIsWrong) {
    daemon_.on_error<settings::Reload>(
        errors::ConfigurationInvalid{{"f:1:1: a: b", "f:2:1: c: d"}});
    EXPECT_EQ(run({"reload"}), ExitCode::failed);
    EXPECT_THAT(err_.str(), HasSubstr("f:1:1: a: b; f:2:1: c: d"));
}

}  // namespace
}  // namespace catalogd::cli

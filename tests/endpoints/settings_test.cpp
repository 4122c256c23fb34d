// The calls about settings at the socket.
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

namespace errors = protocol::errors;
namespace messages = protocol::settings;

constexpr auto list_settings = "io.catalogd.Admin.ListSettings";
constexpr auto set_setting = "io.catalogd.Admin.SetSetting";
constexpr auto reload = "io.catalogd.Admin.Reload";

// Settings of which each is what it was set to last; they answer when the test lets them.
class FakeSettings : public Settings {
public:
    [[nodiscard]] messages::ListSettings::Reply list() const override {
        return {{{"log.level", value, "catalog", false, "."}}};
    }
    void set(messages::SetSetting message, actors::WriterMail mail) override {
        request = mail.request;
        deadline = mail.deadline;
        waiting = std::move(mail);
        value = message.value ? message.value->value : "none";
        if (!holding) {
            finish();
        }
    }
    void finish() {
        // Kept, it would outlive the server that it answers on.
        std::exchange(waiting, {})
            .reply(actors::Answer{protocol::EncodedReply(
                messages::SetSetting::Reply{{"log.level", value, "catalog", false, "."}})});
    }
    protocol::Result<messages::Reload::Reply> reload() override {
        if (!problems.empty()) {
            return protocol::Error(errors::ConfigurationInvalid{problems});
        }
        return messages::Reload::Reply{{"log.level"}, {"readers.count"}};
    }

    std::string value = "info";
    bool holding = false;
    actors::WriterMail waiting;
    std::optional<actors::Request> request;  // of the last change
    actors::Deadline deadline;
    std::vector<std::string> problems;
};

class SettingCalls : public testing::Test {
protected:
    static ServedOptions with(Settings& settings) {
        ServedOptions options;
        options.role = Role::admin;
        options.settings = &settings;
        return options;
    }
    FakeSettings settings;
    ServedCatalog catalog{with(settings)};
};

TEST_F(SettingCalls, ShowEverySetting) {
    const Reply reply = catalog.call(list_settings);
    EXPECT_THAT(reply, Has("/settings/0/name", "log.level"));
    EXPECT_THAT(reply, Has("/settings/0/needsRestart", false));
}

TEST_F(SettingCalls, SetOneOrForgetIt) {
    EXPECT_THAT(catalog.call(set_setting, {{"name", "log.level"}, {"value", "debug"}}),
                Has("/setting/value", "debug"));
    EXPECT_THAT(catalog.call(set_setting, {{"name", "log.level"}, {"value", nullptr}}),
                Has("/setting/value", "none"));
    EXPECT_THAT(catalog.call(set_setting, {{"name", "log.level"}}), Has("/setting/value", "none"));
}

TEST_F(SettingCalls, RefuseWhatIsNoSetting) {
    constexpr auto mistyped = "org.varlink.service.InvalidParameter";
    constexpr auto wrong = "io.catalogd.InvalidValue";
    EXPECT_THAT(catalog.call(set_setting), IsError(mistyped));
    EXPECT_THAT(catalog.call(set_setting, {{"name", 1}}), IsError(mistyped));
    EXPECT_THAT(catalog.call(set_setting, {{"name", "n"}, {"value", 1}}), IsError(mistyped));
    EXPECT_THAT(catalog.call(set_setting, {{"name", "n"}, {"valve", "1"}}), IsError(mistyped));
    EXPECT_THAT(catalog.call(set_setting, {{"name", "n"}, {"value", "a\nb"}}), IsError(wrong));
    const std::string long_one(100'001, '1');
    EXPECT_THAT(catalog.call(set_setting, {{"name", "n"}, {"value", long_one}}), IsError(wrong));
    EXPECT_EQ(settings.value, "info") << "none of them came through";
}

TEST_F(SettingCalls, BringTheirRequestAndTheirDeadline) {
    VarlinkPeer peer = catalog.connect();
    peer.call(set_setting, {{"name", "n"}, {"requestId", "r"}}, {{"io.catalogd.timeoutMs", 5}});
    EXPECT_EQ(settings.request->id, "r");
    EXPECT_EQ(settings.deadline.end - settings.deadline.accepted, std::chrono::milliseconds(5));
}

TEST_F(SettingCalls, WaitForTheChangeBeforeThem) {
    settings.holding = true;
    VarlinkPeer peer = catalog.connect();
    peer.send_call(set_setting, {{"name", "log.level"}, {"value", "debug"}});
    peer.send_call(list_settings);
    peer.send_call(reload);
    EXPECT_TRUE(eventually([&] {
        bool arrived = false;
        catalog.on_server([&] { arrived = settings.value == "debug"; });
        return arrived;
    }));
    EXPECT_TRUE(peer.silent());
    catalog.on_server([&] { settings.finish(); });
    EXPECT_THAT(peer.receive(), Has("/setting/value", "debug"));
    EXPECT_THAT(peer.receive(), Has("/settings/0/value", "debug"));
    EXPECT_THAT(peer.receive(), Has("/changed/0", "log.level"));
}

TEST_F(SettingCalls, ReloadTellsWhatChangedOrWhatIsWrong) {
    EXPECT_THAT(catalog.call(reload), Has("/needRestart/0", "readers.count"));
    settings.problems = {"a:1:1: b: c"};
    const Reply refused = catalog.call(reload);
    EXPECT_THAT(refused, IsError("io.catalogd.Admin.ConfigurationInvalid"));
    EXPECT_THAT(refused, Has("/problems/0", "a:1:1: b: c"));
}

}  // namespace
}  // namespace catalogd::endpoints

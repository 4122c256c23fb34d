// Settings on their way into the catalog.
#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

namespace settings = protocol::settings;

class KeepSettingTest : public ActorsFixture {
protected:
    static KeepSetting keep(const std::string& value) {
        settings::Setting setting{"log.level", value, "catalog", false, "."};
        return {"log.level", value, {}, settings::SetSetting::Reply{setting}};
    }
    protocol::Result<settings::SetSetting::Reply> ask(KeepSetting message,
                                                      const std::string& request_id = {}) {
        WriterMail mail;
        mail.message = std::move(message);
        mail.deadline = {clock.now(), clock.now() + std::chrono::seconds(10)};
        if (!request_id.empty()) {
            mail.request = Request{0, request_id, {1}};
        }
        std::promise<Outcome> promise;
        mail.reply = [&](Outcome outcome) { promise.set_value(std::move(outcome)); };
        EXPECT_TRUE(writer().post(mail));
        const Outcome outcome = promise.get_future().get();
        if (!outcome) {
            return outcome.error();
        }
        return protocol::decode_text<settings::SetSetting::Reply>(outcome->reply.parameters());
    }
    catalog::settings::Values kept() {
        reopen();
        return opened().settings;
    }
};

TEST_F(KeepSettingTest, IsDurableAndEndsInTheReplyThatItBrings) {
    const KeepSetting message = keep("debug");
    EXPECT_EQ(succeeded(ask(message)).setting.value, "debug");
    EXPECT_TRUE(*message.kept);
    EXPECT_EQ(kept(), (catalog::settings::Values{{"log.level", "debug"}}));
}

TEST_F(KeepSettingTest, KeepsNothingWhereItWasRefused) {
    KeepSetting message = keep("debug");
    message.reply = protocol::Error(errors::SettingFixed{"log.level", "file", 3});
    EXPECT_TRUE(ends_in<errors::SettingFixed>(ask(message, "r")));
    EXPECT_FALSE(*message.kept);
    EXPECT_TRUE(kept().empty());
}

TEST_F(KeepSettingTest, KeepsNothingWhereItIsRepeated) {
    succeeded(ask(keep("debug"), "r"));
    succeeded(ask(keep("error")));
    const KeepSetting again = keep("debug");
    EXPECT_EQ(succeeded(ask(again, "r")).setting.value, "debug");
    EXPECT_FALSE(*again.kept);
    EXPECT_EQ(kept().at("log.level"), "error");
}

TEST_F(KeepSettingTest, GetsTheReplyOfThenThoughItWouldBeRefusedNow) {
    succeeded(ask(keep("debug"), "r"));
    KeepSetting again = keep("debug");
    again.reply = protocol::Error(errors::SettingFixed{"log.level", "file", 3});
    EXPECT_EQ(succeeded(ask(again, "r")).setting.value, "debug");
}

}  // namespace
}  // namespace catalogd::actors

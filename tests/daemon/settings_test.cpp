// Settings between the writer and those who use them: what is in force, and from when on.
#include "tests/daemon/settings_fixture.h"

namespace catalogd::daemon {
namespace {

using config::Level;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using SettingsTest = SettingsFixture;

TEST_F(SettingsTest, HoldOnceTheyAreDurableAndNotBefore) {
    set("log.level", "debug");
    EXPECT_EQ(level(), Level::Info);
    EXPECT_TRUE(applied.empty());
    EXPECT_TRUE(outcomes.empty());
    commit();
    EXPECT_EQ(level(), Level::Debug);
    EXPECT_EQ(applied.back().log.level, Level::Debug);
    EXPECT_EQ(last_reply().setting.source, "catalog");
}

TEST_F(SettingsTest, StayAsTheyWereWhereTheyCannotBeKept) {
    set("log.level", "debug");
    answer(protocol::Error(errors::ReadOnly{"the disk is full"}));
    EXPECT_EQ(last_error<errors::ReadOnly>().reason, "the disk is full");
    EXPECT_EQ(level(), Level::Info);
    EXPECT_TRUE(applied.empty());
    EXPECT_EQ(shown("log.level").source, "default");
}

TEST_F(SettingsTest, StayAsTheyWereWhereTheWriterIsFull) {
    takes_mail = false;
    set("log.level", "debug");
    EXPECT_GT(last_error<errors::Busy>().retry_after_ms, 0);
    takes_mail = true;
    set("log.level", "error");
    commit();
    EXPECT_EQ(level(), Level::Error);
}

TEST_F(SettingsTest, StayAsTheyAreWhereACallIsRepeated) {
    set("log.level", "debug");
    commit();
    set("log.level", "error");
    commit();
    set("log.level", "debug");
    answer(actors::Answer{protocol::EncodedReply::of_text("{}")});  // kept says that nothing was
    EXPECT_EQ(level(), Level::Error);
}

TEST_F(SettingsTest, AreJudgedOneOnTheOther) {
    set("database.checkpoint_at", "1GiB");  // wrong as long as wal_limit is 256MiB
    set("database.wal_limit", "2GiB");
    set("database.checkpoint_at", "1GiB");
    EXPECT_EQ(mails.size(), 1U) << "one at a time";
    commit();
    EXPECT_THAT(last_error<errors::InvalidValue>().reason, HasSubstr("at most database.wal_limit"));
    commit();
    commit();
    EXPECT_EQ(last_reply().setting.value, "1GiB");
    EXPECT_EQ(settings().running().database.checkpoint_at, std::int64_t{1} << 30);
}

TEST_F(SettingsTest, GoBackToTheDefaultUnlessThatContradictsOthers) {
    stored = {{"limits.frame", "1MiB"}, {"writer.queue_bytes", "1MiB"}};
    EXPECT_THAT(refusal_of<errors::InvalidValue>("limits.frame", {}).reason,
                HasSubstr("writer.queue_bytes is 1MiB, must be at least limits.frame, 16MiB"));
    set("writer.queue_bytes", {});
    EXPECT_FALSE(on_its_way().value);
    commit();
    EXPECT_EQ(last_reply().setting.source, "default");
    EXPECT_EQ(settings().running().writer.queue_bytes, config::defaults().writer.queue_bytes);
}

TEST_F(SettingsTest, AreKeptAsTheDaemonWouldWriteThem) {
    set("access.read", "user:0,group:0");
    EXPECT_EQ(on_its_way().value, "[\"user:0\", \"group:0\"]");
    commit();
    set("writer.queue_bytes", "67108864B");
    EXPECT_EQ(on_its_way().value, "64MiB");
}

TEST_F(SettingsTest, AreRefusedWhereSomethingElseSetsThem) {
    write_file("log:\n  level: error\n");
    const auto fixed = refusal_of<errors::SettingFixed>("log.level", "debug");
    EXPECT_EQ(fixed.source, "file");
    EXPECT_EQ(fixed.line, 2);
    EXPECT_EQ(refusal_of<errors::SettingFixed>("log.level", {}).source, "file");
}

TEST_F(SettingsTest, AreRefusedWhereTheyAreNeededBeforeTheCatalogIsOpen) {
    for (const config::Key& key : config::keys()) {
        if (key.effect == config::Effect::Start) {
            EXPECT_EQ(refusal_of<errors::SettingFixed>(key.full_name(), "1").source, "default");
        }
    }
}

TEST_F(SettingsTest, AreRefusedUnderAnUnknownName) {
    for (const std::string name :
         {"", "log", "log.", "Log.level", "log.level ", "log/level", "\n"}) {
        EXPECT_EQ(refusal_of<errors::UnknownSetting>(name, "debug").name, name);
    }
}

TEST_F(SettingsTest, AreRefusedWithAValueThatTheFileCouldNotHave) {
    for (const config::Key& key : config::keys()) {
        if (key.effect != config::Effect::Start) {
            const auto refused = refusal_of<errors::InvalidValue>(key.full_name(), "{what: ever}");
            EXPECT_EQ(refused.parameter, "value") << key.full_name();
        }
    }
    EXPECT_EQ(refusal_of<errors::InvalidValue>("readers.count", "65").reason,
              "must be 2 to 64, is 65");
    EXPECT_TRUE(applied.empty());
}

TEST_F(SettingsTest, AreRefusedWithAUserWhomThisMachineDoesNotKnow) {
    EXPECT_THAT(refusal_of<errors::InvalidValue>("access.read", "user:no-such-user").reason,
                HasSubstr("no-such-user"));
}

TEST_F(SettingsTest, AreRefusedAgainWhereTheSameValueIsKeptAndPassedOver) {
    stored = {{"access.read", "user:no-such-user"}};
    EXPECT_EQ(shown("access.read").source, "default");
    EXPECT_THAT(refusal_of<errors::InvalidValue>("access.read", "user:no-such-user").reason,
                HasSubstr("no-such-user"));
    set("log.level", "debug");
    commit();
    EXPECT_EQ(level(), Level::Debug) << "others are not kept from changing";
}

TEST_F(SettingsTest, ThatNeedARestartAreShownAndNotInForce) {
    set("readers.count", "8");
    commit();
    EXPECT_TRUE(last_reply().setting.needs_restart);
    EXPECT_EQ(shown("readers.count").value, "8");
    EXPECT_EQ(settings().running().readers.count, config::defaults().readers.count);
    EXPECT_THAT(settings().reload()->need_restart, ElementsAre("readers.count"));
}

TEST_F(SettingsTest, AreInForceFromTheStartOn) {
    stored = {{"readers.count", "8"}, {"log.level", "debug"}, {"limits.frame", "99GiB"}};
    EXPECT_EQ(settings().running().readers.count, 8);
    EXPECT_EQ(level(), Level::Debug);
    EXPECT_EQ(shown("limits.frame").source, "default");
}

TEST_F(SettingsTest, AreShownWithWhatTheyMean) {
    EXPECT_EQ(settings().list().settings.size(), config::keys().size());
    const messages::Setting setting = shown("socket.mode");
    EXPECT_EQ(setting.value, "\"0660\"");
    EXPECT_EQ(setting.source, "default");
    EXPECT_TRUE(setting.needs_restart);
    EXPECT_EQ(setting.description, config::find_key("socket.mode")->sentence);
    EXPECT_FALSE(shown("log.level").needs_restart);
}

}  // namespace
}  // namespace catalogd::daemon

// Settings between the writer and those who use them: what is in force, and from when on.
#include "daemon/settings.h"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <fstream>

#include "tests/catalog/temp_folder.h"

namespace catalogd::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace errors = protocol::errors;
namespace messages = protocol::settings;
using config::Level;

// A writer that does what the test tells it, when it does.
class SettingsTest : public testing::Test {
protected:
    Settings& settings() {
        if (!settings_) {
            sources_.file = folder_.file("catalogd.yaml");
            std::ofstream(*sources_.file, std::ios::app);
            settings_.emplace(io_.get_executor(), sources_,
                              std::get<config::Loaded>(config::load(sources_)), stored);
            settings_->connect(
                [this](actors::WriterMail& mail) {
                    if (takes_mail) {
                        mails.push_back(std::move(mail));
                    }
                    return takes_mail;
                },
                [this](const config::Config& config) { applied.push_back(config); });
        }
        return *settings_;
    }
    void write_file(const std::string& text) {
        std::ofstream(folder_.file("catalogd.yaml")) << text;
    }

    // The outcome stands at `index` of `outcomes` once it is there.
    void set(const std::string& name, const std::optional<std::string>& value) {
        messages::SetSetting message;
        message.name = name;
        if (value) {
            message.value.emplace().value = *value;
        }
        actors::WriterMail mail;
        mail.reply = [this](actors::Outcome outcome) { outcomes.push_back(std::move(outcome)); };
        settings().set(std::move(message), std::move(mail));
    }
    const actors::KeepSetting& on_its_way() {
        return std::get<actors::KeepSetting>(mails.front().message);
    }
    // The writer's answer to the oldest: what it brings, as after a commit.
    void commit() {
        const auto keep = on_its_way();
        *keep.kept = keep.reply.has_value();
        answer(keep.reply ? actors::Outcome(actors::Answer{protocol::EncodedReply(*keep.reply)})
                          : keep.reply.error());
    }
    void answer(actors::Outcome outcome) {
        auto mail = std::move(mails.front());
        mails.pop_front();
        mail.reply(std::move(outcome));
        io_.restart();
        io_.poll();
    }
    messages::SetSetting::Reply last_reply() {
        return *protocol::decode_text<messages::SetSetting::Reply>(
            outcomes.back()->reply.parameters());
    }
    template <class Error>
    Error last_error() {
        return std::get<Error>(outcomes.back().error());
    }
    template <class Error>
    Error refusal_of(const std::string& name, const std::optional<std::string>& value) {
        set(name, value);
        commit();
        return last_error<Error>();
    }
    messages::Setting shown(const std::string& name) {
        for (const messages::Setting& setting : settings().list().settings) {
            if (setting.name == name) {
                return setting;
            }
        }
        return {};
    }
    [[nodiscard]] Level level() { return settings().running().log.level; }

    [[nodiscard]] const catalog::TempFolder& folder() const { return folder_; }

    config::Stored stored;
    bool takes_mail = true;
    std::deque<actors::WriterMail> mails;
    std::vector<actors::Outcome> outcomes;
    std::vector<config::Config> applied;

private:
    catalog::TempFolder folder_{catalog::TempFolder::fast()};
    config::Sources sources_;
    boost::asio::io_context io_;
    std::optional<Settings> settings_;
};

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

TEST_F(SettingsTest, ReloadPutsTheFileInForce) {
    set("log.level", "debug");
    commit();
    write_file("log: {level: error}\nreaders: {count: 9}\nsocket: {path: /elsewhere}\n");
    const auto reply = *settings().reload();
    EXPECT_THAT(reply.changed, ElementsAre("socket.path", "readers.count", "log.level"));
    EXPECT_THAT(reply.need_restart, ElementsAre("socket.path", "readers.count"));
    EXPECT_EQ(level(), Level::Error);
    EXPECT_EQ(shown("log.level").source, "file");
}

TEST_F(SettingsTest, ReloadFallsBackToTheCatalogWhereTheFileSaysNothingMore) {
    stored = {{"log.level", "debug"}};
    write_file("log: {level: error}\n");
    EXPECT_EQ(level(), Level::Error);
    write_file("");
    EXPECT_THAT(settings().reload()->changed, ElementsAre("log.level"));
    EXPECT_EQ(level(), Level::Debug);
}

TEST_F(SettingsTest, ReloadOfWhatHasNotChangedChangesNothing) {
    write_file("log: {level: error}\n");
    EXPECT_THAT(settings().reload()->changed, IsEmpty());
    EXPECT_THAT(settings().reload()->need_restart, IsEmpty());
}

TEST_F(SettingsTest, ReloadKeepsAllOfTheOldWhereAnythingIsWrong) {
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

TEST_F(SettingsTest, ReloadRefusesUsersWhomThisMachineDoesNotKnow) {
    settings();
    write_file("access:\n  admin: [user:no-such-user]\n");
    const auto refused = settings().reload();
    EXPECT_THAT(std::get<errors::ConfigurationInvalid>(refused.error()).problems,
                ElementsAre(HasSubstr("yaml:2: access.admin: there is no user:no-such-user")));
    EXPECT_TRUE(applied.empty());
}

TEST_F(SettingsTest, ReloadRefusesAFileThatIsGone) {
    settings();
    std::filesystem::remove(folder().file("catalogd.yaml"));
    EXPECT_TRUE(settings().reload().has_error());
}

TEST_F(SettingsTest, OfAnotherCatalogTakeTheirPlace) {
    stored = {{"log.level", "debug"}};
    settings().adopt({{"writer.batch", "7"}});
    EXPECT_EQ(level(), Level::Info);
    EXPECT_EQ(applied.back().writer.batch, 7);
}

}  // namespace
}  // namespace catalogd::daemon

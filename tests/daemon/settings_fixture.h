// Settings before a writer that does what the test tells it, and their words.
#pragma once

#include "daemon/settings.h"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <fstream>

#include "tests/catalog/temp_folder.h"

namespace catalogd::daemon {

namespace errors = protocol::errors;
namespace messages = protocol::settings;

// A writer that does what the test tells it, when it does.
class SettingsFixture : public testing::Test {
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
                [this](const config::Config& config) { applied.push_back(config); },
                [this](const auto& outcome) { readings.push_back(outcome.has_value()); });
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
    [[nodiscard]] config::Level level() { return settings().running().log.level; }

    [[nodiscard]] const catalog::TempFolder& folder() const { return folder_; }

    config::Stored stored;
    bool takes_mail = true;
    std::deque<actors::WriterMail> mails;
    std::vector<actors::Outcome> outcomes;
    std::vector<config::Config> applied;
    std::vector<bool> readings;  // of the file, as they were told: whether it was right

private:
    catalog::TempFolder folder_{catalog::TempFolder::fast()};
    config::Sources sources_;
    boost::asio::io_context io_;
    std::optional<Settings> settings_;
};

}  // namespace catalogd::daemon

#include "daemon/settings.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>

#include "actors/log_fields.h"
#include "config/written.h"
#include "endpoints/method_table.h"

namespace catalogd::daemon {
namespace {

namespace errors = protocol::errors;
namespace messages = protocol::settings;

// Names of users and groups are looked up here alone.
std::optional<std::string> refuse_on_this_machine(const config::Key& key,
                                                  const config::Config& config) {
    if (const auto* slot = std::get_if<config::PrincipalsSlot>(&key.field)) {
        for (const std::string& principal : slot->of(config)) {
            if (auto reason = endpoints::refuse_principal(principal)) {
                return reason;
            }
        }
    }
    return {};
}

std::string source_of(const config::Origin& origin) {
    return std::string(config::kLayerNames[static_cast<std::size_t>(origin.layer)]);
}

messages::Setting setting_of(const config::Key& key, const config::Loaded& loaded) {
    return {key.full_name(), config::written(key, loaded.config), source_of(loaded.origin(key)),
            key.effect != config::Effect::Live, std::string(key.sentence)};
}

std::vector<std::string> names_of(const std::vector<const config::Key*>& keys) {
    std::vector<std::string> names;
    for (const config::Key* key : keys) {
        names.push_back(key->full_name());
    }
    return names;
}

using Outcome = std::variant<config::Loaded, std::vector<config::Problem>>;

// Everything that would keep a daemon from starting with what the sources say now.
std::vector<std::string> problems_of(const Outcome& outcome) {
    std::vector<std::string> texts;
    if (const auto* problems = std::get_if<std::vector<config::Problem>>(&outcome)) {
        for (const config::Problem& problem : *problems) {
            texts.push_back(problem.text());
        }
        return texts;
    }
    const auto& loaded = std::get<config::Loaded>(outcome);
    for (const config::Key& key : config::keys()) {
        if (const auto reason = refuse_on_this_machine(key, loaded.config)) {
            texts.push_back(
                config::Problem{loaded.origin(key).where, key.full_name(), *reason}.text());
        }
    }
    return texts;
}

std::string listed(const std::vector<std::string>& names) {
    return names.empty() ? "nothing" : fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

Settings::Settings(boost::asio::any_io_executor main, config::Sources sources,
                   config::Loaded loaded, config::Stored stored)
    : main_(std::move(main)),
      sources_(std::move(sources)),
      loaded_(std::move(loaded)),
      stored_(std::move(stored)) {
    overlay();
}

void Settings::connect(Post post, Apply apply, Told told) {
    post_ = std::move(post);
    apply_ = std::move(apply);
    told_ = std::move(told);
}

messages::ListSettings::Reply Settings::list() const {
    messages::ListSettings::Reply reply;
    for (const config::Key& key : config::keys()) {
        reply.settings.push_back(setting_of(key, configured_));
    }
    return reply;
}

protocol::Result<Settings::Proposal> Settings::judge(const messages::SetSetting& message) const {
    const config::Key* key = config::find_key(message.name);
    if (key == nullptr) {
        return protocol::Error(errors::UnknownSetting{message.name});
    }
    const config::Origin& origin = loaded_.origin(*key);
    if (key->effect == config::Effect::Start || origin.layer > config::Layer::Catalog) {
        return protocol::Error(
            errors::SettingFixed{message.name, source_of(origin),
                                 origin.line == 0 ? std::nullopt : std::optional(origin.line)});
    }
    Proposal proposal{stored_, {}};
    proposal.stored.erase(message.name);
    if (message.value) {
        proposal.stored[message.name] = message.value->value;
    }
    const auto after = config::overlay(loaded_, proposal.stored, refuse_on_this_machine);
    for (const config::Problem& problem : after.passed_over) {
        if (problem.key == message.name) {
            return protocol::Error(errors::InvalidValue{"value", problem.reason});
        }
        if (std::ranges::find(passed_over_, problem) == passed_over_.end()) {
            return protocol::Error(
                errors::InvalidValue{"value", problem.key + ' ' + problem.reason});
        }
    }
    if (message.value) {
        proposal.stored[message.name] = config::written(*key, after.loaded.config);
    }
    proposal.reply.setting = setting_of(*key, after.loaded);
    return proposal;
}

void Settings::set(messages::SetSetting message, actors::WriterMail mail) {
    waiting_.push_back({std::move(message), std::move(mail)});
    if (waiting_.size() == 1) {
        keep_next();
    }
}

void Settings::keep_next() {
    while (!waiting_.empty() && !keep_first()) {
        answer_first(protocol::Error(errors::Busy{endpoints::retry_after_ms}));
    }
}

// A change that is refused goes to the writer all the same: where it was made before, under the
// same requestId, its reply is the one of then.
bool Settings::keep_first() {
    const Change& change = waiting_.front();
    const auto proposal = judge(change.message);
    actors::KeepSetting keep;
    keep.name = change.message.name;
    keep.request_id = change.message.request_id;
    std::shared_ptr<const config::Stored> stored;
    if (proposal) {
        stored = std::make_shared<config::Stored>(proposal->stored);
        const auto value = stored->find(keep.name);
        keep.value = value != stored->end() ? std::optional(value->second) : std::nullopt;
        keep.reply = proposal->reply;
    } else {
        keep.reply = proposal.error();
    }
    actors::WriterMail mail = change.mail;  // with all that the call brought
    mail.reply = [this, stored, kept = keep.kept](actors::Outcome outcome) {
        boost::asio::post(main_, [this, stored, kept, outcome = std::move(outcome)]() mutable {
            if (outcome && *kept) {
                adopt(*stored);
            }
            answer_first(std::move(outcome));
            keep_next();
        });
    };
    mail.message = std::move(keep);
    return post_(mail);
}

void Settings::answer_first(actors::Outcome outcome) {
    const Change change = std::move(waiting_.front());
    waiting_.pop_front();
    change.mail.reply(std::move(outcome));
}

void Settings::adopt(const config::Stored& stored) {
    const config::Config before = configured_.config;
    stored_ = stored;
    overlay();
    for (const std::string& name : names_of(differences(before, configured_.config))) {
        spdlog::info("the setting {} was changed", name);
    }
}

protocol::Result<messages::Reload::Reply> Settings::reload() {
    auto outcome = read_again();
    told_(outcome);
    return outcome;
}

protocol::Result<messages::Reload::Reply> Settings::read_again() {
    auto outcome = config::load(sources_);
    if (auto problems = problems_of(outcome); !problems.empty()) {
        const actors::LogField field(actors::log_field::message_id,
                                     actors::log_message::configuration_refused);
        for (const std::string& problem : problems) {
            spdlog::error("the configuration stays as it was: {}", problem);
        }
        return protocol::Error(errors::ConfigurationInvalid{std::move(problems)});
    }
    const config::Config before = configured_.config;
    loaded_ = std::get<config::Loaded>(std::move(outcome));
    overlay();
    messages::Reload::Reply reply{names_of(differences(before, configured_.config)),
                                  names_of(differences(running_, configured_.config))};
    spdlog::info("the configuration was read again; changed: {}; a restart is needed for: {}",
                 listed(reply.changed), listed(reply.need_restart));
    return reply;
}

// Puts the two together, and in force what can be.
void Settings::overlay() {
    auto overlaid = config::overlay(loaded_, stored_, refuse_on_this_machine);
    for (const config::Problem& problem : overlaid.passed_over) {
        if (std::ranges::find(passed_over_, problem) == passed_over_.end()) {
            spdlog::warn("a setting is not used: {}", problem.text());
        }
    }
    passed_over_ = std::move(overlaid.passed_over);
    configured_ = std::move(overlaid.loaded);
    config::Config running = configured_.config;
    for (const config::Key& key : config::keys()) {
        if (key.effect != config::Effect::Live && apply_) {
            config::copy_value(key, running_, running);
        }
    }
    running_ = std::move(running);
    if (apply_) {
        apply_(running_);
    }
}

}  // namespace catalogd::daemon

#include "cli/settings.h"

#include <ostream>

#include "cli/listing.h"
#include "cli/printable.h"
#include "cli/request_id.h"
#include "protocol/settings.h"

namespace catalogd::cli {
namespace {

namespace settings = protocol::settings;

Outcome change(Session& session, settings::SetSetting message) {
    message.request_id = next_request_id();
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(message);
    if (!reply) {
        return reply.error();
    }
    const settings::Setting& setting = reply->setting;
    if (session.options.json) {
        print_member(session.out, *reply, "setting");
        return ExitCode::ok;
    }
    session.out << printable(setting.name) << " is " << printable(setting.value) << " ("
                << printable(setting.source) << ")"
                << (setting.needs_restart ? ", once the daemon is restarted" : "") << '\n';
    return ExitCode::ok;
}

void print_names(Session& session, const char* title, const std::vector<std::string>& names) {
    session.out << title;
    for (const std::string& name : names) {
        session.out << ' ' << printable(name);
    }
    session.out << (names.empty() ? " nothing\n" : "\n");
}

}  // namespace

Outcome run(Session& session, const SettingsList&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    Listing<settings::Setting> listing(
        session, "settings", {{"NAME"}, {"VALUE"}, {"SOURCE"}, {"CHANGES"}},
        [](const settings::Setting& setting) {
            return std::vector{setting.name, setting.value, setting.source,
                               std::string(setting.needs_restart ? "at restart" : "at once")};
        });
    return print_list(*daemon, settings::ListSettings{}, listing,
                      &settings::ListSettings::Reply::settings);
}

Outcome run(Session& session, const SettingsSet& command) {
    settings::SetSetting message;
    message.name = command.name;
    message.value.emplace().value = command.value;
    return change(session, std::move(message));
}

Outcome run(Session& session, const SettingsUnset& command) {
    settings::SetSetting message;
    message.name = command.name;
    return change(session, std::move(message));
}

Outcome run(Session& session, const Reload&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(settings::Reload{});
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        std::string json;
        protocol::encode(json, *reply);
        session.out << printable_json(json) << '\n';
        return ExitCode::ok;
    }
    print_names(session, "Changed:", reply->changed);
    print_names(session, "Needs a restart:", reply->need_restart);
    return ExitCode::ok;
}

}  // namespace catalogd::cli

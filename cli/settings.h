// catalogctl settings, catalogctl reload: what the daemon is told.
#pragma once

#include <string>

#include "cli/session.h"

namespace catalogd::cli {

struct SettingsList {};
Outcome run(Session& session, const SettingsList& command);

struct SettingsSet {
    std::string name;
    std::string value;  // as in the configuration file
};
Outcome run(Session& session, const SettingsSet& command);

struct SettingsUnset {
    std::string name;
};
Outcome run(Session& session, const SettingsUnset& command);

struct Reload {};
Outcome run(Session& session, const Reload& command);

}  // namespace catalogd::cli

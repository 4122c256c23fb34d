// What operators may ask of the configuration. Declared here for the calls, and made by whoever
// composes the daemon, who alone knows the configuration. On the sessions' thread alone.
#pragma once

#include "actors/handlers.h"

namespace catalogd::endpoints {

class Settings {
public:
    virtual ~Settings() = default;

    [[nodiscard]] virtual protocol::settings::ListSettings::Reply list() const = 0;

    // Keeps the setting in the catalog, and puts it in force once it is durable. `mail` has no
    // message yet; its reply comes on this thread.
    virtual void set(protocol::settings::SetSetting message, actors::WriterMail mail) = 0;

    // Reads the configuration again.
    virtual protocol::Result<protocol::settings::Reload::Reply> reload() = 0;
};

}  // namespace catalogd::endpoints

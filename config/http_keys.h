#pragma once

#include <array>

#include "config/key_rows.h"

namespace catalogd::config {

/// The rows about the port on which health, metrics and events are shown.
inline constexpr std::array kHttpKeys{
    Key{"http",
        "address",
        slot<TextSlot, &Config::http, &Config::Http::address>,
        "127.0.0.1:8787",
        {1, 100},
        Effect::Start,
        "IP address and port on which the dashboard, events, probes and metrics are served; "
        "[::1]:8787 "
        "is IPv6. off: nowhere. Any address but loopback needs http.token_file."},
    Key{"http",
        "hosts",
        slot<TextSlot, &Config::http, &Config::Http::hosts>,
        "",
        {0, 2000},
        Effect::Start,
        "More names under which browsers reach that address, with their port and commas between: "
        "backup.example:8787. What names another host is refused."},
    Key{"http",
        "token_file",
        slot<PathSlot, &Config::http, &Config::Http::token_file>,
        "",
        {0, kAnyPath},
        Effect::Start,
        "File with the token, of 16 characters or more, that whoever asks over HTTP must bring. "
        "Empty: "
        "none is needed, and only loopback is served."},
    Key{"http",
        "connections",
        slot<CountSlot, &Config::http, &Config::Http::connections>,
        "1024",
        {1, 100'000},
        Effect::Live,
        "Connections over HTTP that may be open; the next one is closed at once."},
};

}  // namespace catalogd::config

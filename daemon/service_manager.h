// What the service manager hands over and is told: sd_listen_fds(3), sd_notify(3). Without one,
// nothing is handed over and telling does nothing.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace catalogd::daemon::service_manager {

// The listening stream socket that a .socket unit passed under this name; whoever takes it closes
// it. Throws std::invalid_argument where it is none, or where several have the name.
std::optional<int> passed_socket(std::string_view name);

// `status` is one line for `systemctl status`.
void tell_ready(const std::string& status);
void tell_status(const std::string& status);
// The manager waits for tell_ready() before it says that the reload is through. `now` is
// CLOCK_MONOTONIC.
void tell_reloading(std::chrono::steady_clock::time_point now);
void tell_stopping(const std::string& status);
void tell_alive();
// However long a start or a stop may take by configuration: `more`, counted from now.
void ask_for_time(std::chrono::microseconds more);

// How often it wants to hear tell_alive(); none where it does not watch.
std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace catalogd::daemon::service_manager

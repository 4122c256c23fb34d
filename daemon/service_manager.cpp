#include "daemon/service_manager.h"

#include <systemd/sd-daemon.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>

namespace catalogd::daemon::service_manager {
namespace {

// Read once, and taken out of the environment, so that no child could take them for its own.
std::multimap<std::string, int, std::less<>> passed_descriptors() {
    char** names = nullptr;
    const int count = ::sd_listen_fds_with_names(1, &names);
    if (count < 0) {
        throw std::invalid_argument(std::string("the sockets of the service manager: ") +
                                    std::strerror(-count));
    }
    std::multimap<std::string, int, std::less<>> descriptors;
    for (int i = 0; i < count; ++i) {
        const std::unique_ptr<char, decltype(&std::free)> name(names[i], &std::free);
        descriptors.emplace(name.get(), SD_LISTEN_FDS_START + i);
    }
    std::free(names);
    return descriptors;
}

void tell(const std::string& state) {
    ::sd_notify(0, state.c_str());
}

}  // namespace

std::optional<int> passed_socket(std::string_view name) {
    static const auto descriptors = passed_descriptors();
    const auto [first, last] = descriptors.equal_range(name);
    if (first == last) {
        return {};
    }
    if (std::next(first) != last || ::sd_is_socket(first->second, 0, SOCK_STREAM, 1) <= 0) {
        throw std::invalid_argument(
            "the service manager passed something else than one listening "
            "stream socket under the name " +
            std::string(name));
    }
    return first->second;
}

void tell_ready(const std::string& status) {
    tell("READY=1\nSTATUS=" + status);
}

void tell_status(const std::string& status) {
    tell("STATUS=" + status);
}

void tell_reloading(std::chrono::steady_clock::time_point now) {
    const auto since_boot =
        std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch());
    tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(since_boot.count()) +
         "\nSTATUS=Reading the configuration again");
}

void tell_stopping(const std::string& status) {
    tell("STOPPING=1\nSTATUS=" + status);
}

void tell_alive() {
    tell("WATCHDOG=1");
}

void ask_for_time(std::chrono::microseconds more) {
    tell("EXTEND_TIMEOUT_USEC=" + std::to_string(more.count()));
}

std::optional<std::chrono::microseconds> watchdog_interval() {
    std::uint64_t interval = 0;
    if (::sd_watchdog_enabled(0, &interval) <= 0) {
        return {};
    }
    return std::chrono::microseconds(interval);
}

}  // namespace catalogd::daemon::service_manager

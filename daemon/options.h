// From the configuration to what each part of the daemon is told of it.
#pragma once

#include "actors/health/health.h"
#include "actors/readers.h"
#include "actors/scheduler.h"
#include "actors/writer.h"
#include "config/config.h"
#include "endpoints/method_table.h"
#include "endpoints/varlink_server.h"

namespace catalogd::daemon {

struct Options {
    actors::Writer::Options writer;
    actors::Readers::Options readers;
    actors::Readers::Options console;
    actors::Health::Options health;
    std::size_t http_connections = 0;
    actors::Scheduler::Options scheduler;
    endpoints::Deadlines deadlines;
    endpoints::AccessLists access;
    endpoints::ServerLimits limits;
    std::chrono::milliseconds grace{};
    config::Level log_level{};
    std::chrono::milliseconds slow_statement{};
    bool operator==(const Options&) const = default;
};

Options options_of(const config::Config& config);

}  // namespace catalogd::daemon

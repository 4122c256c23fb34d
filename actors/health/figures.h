// What the health actor sees when it looks: everybody's figures at one moment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actors/events/hub.h"
#include "actors/maintenance.h"
#include "actors/readers.h"
#include "actors/writer.h"
#include "protocol/events.h"

namespace catalogd::actors::health {

using protocol::health::Status;

// What whoever does the work has judged already: of the catalog's integrity, its backups, its jobs.
// Takes the place of the check of that name.
struct Finding {
    std::string check;
    Status status = Status::pass;
    std::optional<double> observed{};
    std::optional<std::string> unit{};
    std::string reason{};          // empty: nothing is to be said
    std::string recommendation{};  // likewise
};

struct Figures {
    Moment at;
    std::int64_t wall = 0;  // milliseconds since 1970
    Writer::Figures writer;
    catalog::Durations::Counts commit_times{};
    Readers::Figures readers;
    Maintenance::Figures maintenance;
    std::int64_t database_bytes = 0;
    std::int64_t log_bytes = 0;
    std::optional<std::int64_t> disk_free;  // empty: nobody can tell
    std::optional<double> growth_per_day;   // bytes of the database; empty: not known yet
    std::vector<Finding> findings;
    std::vector<protocol::events::StatementSlow> slow_statements;  // since the last look
    events::Hub::Figures events;
};

}  // namespace catalogd::actors::health

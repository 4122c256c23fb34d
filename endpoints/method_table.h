// The one table of methods: name, role, and how a call becomes a task. Everything that needs to
// know which methods there are reads it; a test holds it against the contract both ways.
#pragma once

#include <span>
#include <string_view>

#include "actors/backup_list.h"
#include "actors/events/changed_clients.h"
#include "actors/health/health.h"
#include "actors/maintenance.h"
#include "actors/readers.h"
#include "actors/scheduler.h"
#include "actors/writer.h"
#include "endpoints/service.h"
#include "endpoints/settings.h"

namespace catalogd::endpoints {

// The time that a call has, unless it brings less.
struct Deadlines {
    std::chrono::milliseconds read = std::chrono::seconds(10);
    std::chrono::milliseconds write = std::chrono::seconds(30);
    bool operator==(const Deadlines&) const = default;
};

// Those who do the work behind the methods. Must outlive every session.
struct Actors {
    actors::Writer& writer;
    actors::Readers& readers;
    actors::Maintenance& maintenance;
    actors::Readers& console;  // of statements that people write: these wait for each other alone
    const actors::Clock& clock;
    Deadlines deadlines;
    Settings& settings;
    actors::Health& health;
    actors::events::Hub& events;
    actors::Scheduler& scheduler;
    actors::events::ChangedClients& changed;
    actors::Arrivals& arrivals;
    const actors::BackupList& backups;
};

// What a full queue asks its caller to wait: some commits, or some pages.
inline constexpr std::int64_t retry_after_ms = 50;
inline protocol::Error busy() {
    return protocol::errors::Busy{retry_after_ms};
}

inline actors::Deadline deadline_from(const actors::Clock& clock, std::chrono::milliseconds time) {
    const actors::Moment now = clock.now();
    return {now, now + time};
}

struct Method {
    std::string_view name;
    Role role;
    bool audited;  // the call, or rather its outcome, is told of in the audit log
    protocol::Result<Task> (*prepare)(const Actors& actors, const protocol::Call& call,
                                      const Caller& caller, std::size_t bytes);
    // Where `role` is the least of what calls of it need: what this one does.
    Role (*role_for)(const protocol::Call& call) = nullptr;
};

// In order of name.
std::span<const Method> methods();

const Method* find_method(std::string_view name);

}  // namespace catalogd::endpoints

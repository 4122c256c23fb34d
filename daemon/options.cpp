#include "daemon/options.h"

#include <array>

namespace catalogd::daemon {
namespace {

actors::MailboxBounds bounds_of(int queue, std::int64_t bytes) {
    return {static_cast<std::size_t>(queue), static_cast<std::size_t>(bytes)};
}

actors::Writer::Options writer_options(const config::Config& config) {
    return {.mailbox = bounds_of(config.writer.queue, config.writer.queue_bytes),
            .batch = static_cast<std::size_t>(config.writer.batch),
            .checkpoint_at = config.database.checkpoint_at,
            .log_limit = config.database.wal_limit,
            .requests = {config.retention.requests.count(), config.retention.request_calls},
            .cache = config.database.writer_cache,
            .index_backlog = config.search.backlog,
            .metrics_kept = config.retention.metrics.count(),
            .audit = config.retention.audit,
            .disk = {config.database.disk_floor, config.database.disk_reserve}};
}

actors::Readers::Options reader_options(const config::Config& config) {
    return {.count = static_cast<std::size_t>(config.readers.count),
            .mailbox = bounds_of(config.readers.queue, config.readers.queue_bytes),
            .max_age = config.readers.max_age};
}

actors::Scheduler::Times times_of(const config::Timetable& table) {
    using Kind = actors::Schedule::Kind;
    constexpr std::array kinds{Kind::never, Kind::every, Kind::daily, Kind::weekly};
    actors::Scheduler::Times times;
    times.schedule = {kinds.at(static_cast<std::size_t>(table.kind)), table.interval, table.weekday,
                      table.minute};
    if (table.window) {
        times.window = actors::Window{table.window->from, table.window->to};
    }
    return times;
}

actors::JobRules rules_of(const config::Config& config) {
    return {{{config.retention.requests.count(), config.retention.request_calls},
             config.retention.metrics.count(),
             config.retention.audit.count(),
             config.retention.job_runs},
            {static_cast<std::size_t>(config.backup.generations),
             static_cast<std::size_t>(config.backup.count), config.backup.age.count()},
            config.jobs.orphan_repair};
}

actors::Scheduler::Options scheduler_options(const config::Config& config) {
    const config::Config::Jobs& jobs = config.jobs;
    return {.jobs = {{"cleanup", {times_of(jobs.cleanup), {}}},
                     {"checkpoint", {times_of(jobs.checkpoint), {}}},
                     {"optimize", {times_of(jobs.optimize), {}}},
                     {"vacuum", {times_of(jobs.vacuum), times_of(jobs.vacuum_full)}},
                     {"foreign-key-check", {times_of(jobs.foreign_key_check), {}}},
                     {"integrity-check",
                      {times_of(jobs.integrity_check), times_of(jobs.integrity_check_full)}},
                     {"orphan-check", {times_of(jobs.orphan_check), {}}},
                     {"search-index", {times_of(jobs.search_index), {}}},
                     {"backup", {times_of(jobs.backup), {}}},
                     {"backup-proof", {times_of(jobs.backup_proof), {}}}},
            .rules = rules_of(config),
            .quiet_rate = jobs.quiet_rate,
            .jitter = jobs.jitter};
}

// One: whoever writes statements waits for those of others.
actors::Readers::Options console_options(const config::Config& config) {
    constexpr std::size_t statements_that_wait = 16;
    return {
        .count = 1, .mailbox = {statements_that_wait, 16 << 20}, .max_age = config.readers.max_age};
}

actors::health::Marks marks(std::int64_t warn, std::int64_t fail) {
    return {static_cast<double>(warn), static_cast<double>(fail)};
}

actors::Health::Options health_options(const config::Config::Health& health) {
    return {{.writer = marks(health.writer_warn.count(), health.writer_fail.count()),
             .readers = marks(health.readers_warn, health.readers_fail),
             .queue = marks(health.queue_warn, health.queue_fail),
             .database = marks(health.database_warn, health.database_fail),
             .log = marks(health.wal_warn, health.wal_fail),
             .disk = marks(health.disk_warn, health.disk_fail)}};
}

endpoints::ServerLimits limits_of(const config::Config::Limits& limits) {
    return {
        static_cast<std::size_t>(limits.connections),
        static_cast<std::size_t>(limits.connections_per_user),
        {static_cast<std::size_t>(limits.calls_in_flight), static_cast<std::size_t>(limits.frame)}};
}

}  // namespace

Options options_of(const config::Config& config) {
    return {.writer = writer_options(config),
            .readers = reader_options(config),
            .console = console_options(config),
            .health = health_options(config.health),
            .http_connections = static_cast<std::size_t>(config.http.connections),
            .scheduler = scheduler_options(config),
            .deadlines = {config.deadlines.read, config.deadlines.write},
            .access = {config.access.read, config.access.write, config.access.admin},
            .limits = limits_of(config.limits),
            .grace = config.shutdown.grace,
            .log_level = config.log.level,
            .slow_statement = config.log.slow_statement};
}

}  // namespace catalogd::daemon

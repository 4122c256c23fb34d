#include "actors/health/report.h"

#include <fmt/format.h>

namespace catalogd::actors::health {
namespace {

namespace wire = protocol::health;

constexpr std::int64_t price_of_warn = 10;
constexpr std::int64_t price_of_fail = 30;

// The signs that the pool is set up wrongly, of the last hour.
constexpr std::int64_t many_refused = 10;
constexpr std::int64_t many_replaced = 100;
constexpr auto old_on_average = std::chrono::hours(2);

double seconds_of(std::chrono::nanoseconds time) {
    return std::chrono::duration<double>(time).count();
}

wire::Pool pool_of(const Readers::Figures& readers) {
    wire::Pool pool;
    pool.readers = static_cast<std::int64_t>(readers.readers);
    pool.active = readers.active;
    pool.available = pool.readers - readers.active;
    pool.peak_active = readers.peak_active;
    pool.utilization =
        pool.readers == 0 ? 0
                          : static_cast<double>(readers.active) / static_cast<double>(pool.readers);
    pool.queued = static_cast<std::int64_t>(readers.queued);
    pool.exhaustion_events = static_cast<std::int64_t>(readers.refused);
    pool.connections_opened = readers.connections_opened;
    pool.stale_closed = readers.replaced_for_age + readers.replaced_after_failure;
    pool.connections_closed = pool.stale_closed;  // others close with the daemon alone
    pool.cleanups = pool.stale_closed;
    if (readers.last_replaced != 0) {
        pool.last_cleanup = protocol::Time{readers.last_replaced};
    }
    pool.average_connection_age_seconds = seconds_of(readers.average_age);
    pool.oldest_connection_age_seconds = seconds_of(readers.oldest_age);
    pool.max_age_seconds = seconds_of(readers.max_age);
    pool.longest_running_ms = seconds_of(readers.longest_running) * 1000;
    return pool;
}

wire::Writer writer_of(const Writer::Figures& writer, const Recent& recent) {
    return {static_cast<std::int64_t>(writer.queued),
            writer.commits,
            writer.operations,
            recent.batch_size,
            recent.commit_p50_ms,
            recent.commit_p99_ms};
}

void warn(wire::Health& health, std::string warning, std::string recommendation) {
    health.warnings.push_back(std::move(warning));
    if (!recommendation.empty()) {
        health.recommendations.push_back(std::move(recommendation));
    }
}

void warn_of_pool(wire::Health& health, const Readers::Figures& readers, const Recent& recent) {
    if (recent.refused_in_hour > many_refused) {
        warn(health,
             fmt::format("{} reads found the queue full within the last hour",
                         recent.refused_in_hour),
             "Raise readers.count.");
    }
    if (readers.average_age > old_on_average) {
        warn(health,
             fmt::format("the readers' connections are {:.1f} h old on average",
                         seconds_of(readers.average_age) / 3600),
             "Lower readers.max_age.");
    }
    if (recent.replaced_in_hour > many_replaced) {
        warn(health,
             fmt::format("{} connections were replaced within the last hour",
                         recent.replaced_in_hour),
             "Raise readers.max_age; where it is high, look in the log for failures of the disk.");
    }
}

}  // namespace

std::int64_t score_of(const std::vector<Check>& checks) {
    std::int64_t score = 100;
    for (const Check& check : checks) {
        score -= check.status == Status::fail   ? price_of_fail
                 : check.status == Status::warn ? price_of_warn
                                                : 0;
    }
    return std::max<std::int64_t>(score, 0);
}

wire::Health report_of(const About& about, const Figures& figures, const Recent& recent,
                       std::vector<Check> checks) {
    wire::Health health;
    health.score = score_of(checks);
    for (const Check& check : checks) {
        health.status = std::max(health.status, check.status);
        if (check.status != Status::pass) {
            warn(health, check.name + ": " + check.reason.value_or("is not well"),
                 check.recommendation.value_or(""));
        }
    }
    health.checks = std::move(checks);
    warn_of_pool(health, figures.readers, recent);
    health.pool = pool_of(figures.readers);
    health.writer = writer_of(figures.writer, recent);
    health.database_bytes = figures.database_bytes;
    health.wal_bytes = figures.log_bytes;
    health.disk_free_bytes = figures.disk_free.value_or(0);
    health.tables = about.shape.tables;
    health.indexes = about.shape.indexes;
    health.schema_version = about.shape.schema_version;
    health.version = about.version;
    health.started_at = {about.started_at};
    health.uptime_seconds = seconds_of(figures.at - about.started);
    return health;
}

}  // namespace catalogd::actors::health

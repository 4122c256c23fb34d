#include "actors/health/news.h"

namespace catalogd::actors::health {
namespace {

namespace cloud = protocol::events;

constexpr auto beat_interval = std::chrono::seconds(15);

std::int64_t refused_of(const Figures& figures) {
    return static_cast<std::int64_t>(figures.readers.refused + figures.writer.refused);
}

}  // namespace

void News::tell(const protocol::health::Health& now, const Figures& figures, const Recent& recent) {
    if (before_) {
        tell_checks(now);
        tell_refused(figures, recent);
        tell_sample(now, figures, recent);
    }
    for (const cloud::StatementSlow& slow : figures.slow_statements) {
        hub_.publish("io.catalogd.statement.slow", slow, slow.statement);
    }
    beat(figures.at);
    before_ = now;
    figures_before_ = figures;
}

// Both have the same checks in the same order.
void News::tell_checks(const protocol::health::Health& now) {
    for (std::size_t i = 0; i < now.checks.size(); ++i) {
        const Status was = before_->checks[i].status;
        const protocol::health::Check& check = now.checks[i];
        const auto* row = cloud::find_event_type(std::string(cloud::check_prefix) + check.name);
        if (check.status != was && row != nullptr) {
            hub_.publish(row->type, cloud::CheckChanged{was, check}, check.name);
        }
    }
    if (now.status != before_->status) {
        hub_.publish("io.catalogd.health.changed",
                     cloud::HealthChanged{before_->status, now.status, now.score, now.warnings});
    }
}

void News::tell_refused(const Figures& figures, const Recent& recent) {
    const std::int64_t refused = refused_of(figures) - refused_of(figures_before_);
    if (refused > 0) {
        hub_.publish("io.catalogd.calls.refused",
                     cloud::CallsRefused{refused, recent.refused_in_minute});
    }
}

void News::tell_sample(const protocol::health::Health& now, const Figures& figures,
                       const Recent& recent) {
    const std::chrono::duration<double> time = figures.at - figures_before_.at;
    if (!hub_.samples_wanted() || time.count() <= 0) {
        return;
    }
    const auto rate = [&](std::int64_t is, std::int64_t was) {
        return static_cast<double>(is - was) / time.count();
    };
    cloud::Sample sample;
    sample.reads_per_second = rate(figures.readers.answered, figures_before_.readers.answered);
    sample.writes_per_second = rate(figures.writer.operations, figures_before_.writer.operations);
    sample.commits_per_second = rate(figures.writer.commits, figures_before_.writer.commits);
    sample.commit_p50_ms = recent.commit_p50_ms;
    sample.commit_p99_ms = recent.commit_p99_ms;
    sample.queued = static_cast<std::int64_t>(figures.writer.queued + figures.readers.queued);
    sample.readers_busy = recent.readers_busy;
    sample.database_bytes = now.database_bytes;
    sample.wal_bytes = now.wal_bytes;
    sample.disk_free_bytes = now.disk_free_bytes;
    sample.subscribers = static_cast<std::int64_t>(figures.events.subscribers);
    hub_.publish_sample(sample);
}

void News::beat(Moment now) {
    if (last_beat_ == Moment{} || now - last_beat_ >= beat_interval) {
        last_beat_ = now;
        hub_.beat();
    }
}

}  // namespace catalogd::actors::health

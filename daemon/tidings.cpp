// What the daemon tells of itself: to the health actor, and as events.
#include <spdlog/spdlog.h>

#include "actors/jobs/findings.h"
#include "daemon/daemon.h"
#include "protocol/version.h"

namespace catalogd::daemon {
namespace {

constexpr auto record_deadline = std::chrono::seconds(30);

// To one digit, so that the lines of one statement are equal and come once a minute.
void log_slow_statement(std::string_view name, std::string_view text,
                        std::chrono::nanoseconds took) {
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    std::int64_t digit = 1;
    while (milliseconds / digit >= 10) {
        digit *= 10;
    }
    spdlog::warn("slow statement {}: {} ms or more{}{}", name, milliseconds / digit * digit,
                 text.empty() ? "" : ": ", text);
}

}  // namespace

actors::health::About Daemon::about() const {
    return {std::string(protocol::version), settings_.running().database.path, catalog_.shape,
            clock_.wall(), clock_.now()};
}

// On the health actor's thread.
void Daemon::tell_health(actors::health::Figures& figures) {
    figures.writer = writer_.figures();
    figures.commit_times = writer_.times().commits.spread().counts();
    figures.readers = readers_.figures();
    figures.maintenance = maintenance_.figures();
    figures.slow_statements = slow_statements_.take();
    const auto jobs = scheduler_.figures();
    figures.findings = actors::findings_of(jobs, clock_.wall());
    figures.growth_per_day = jobs.growth_per_day;
}

// On the thread that ran the statement.
void Daemon::note_slow(std::string_view name, std::string_view text,
                       std::chrono::nanoseconds took) {
    log_slow_statement(name, text, took);
    slow_statements_.note(name, took);
}

// A gap in the history is no harm: what cannot be kept now is let go.
void Daemon::record(std::vector<protocol::metrics::Sample> samples) {
    actors::WriterMail mail;
    mail.message = protocol::metrics::Record{{std::move(samples)}, {}};
    mail.deadline = endpoints::deadline_from(clock_, record_deadline);
    mail.reply = [](const actors::Outcome&) {};
    if (!writer_.post(mail)) {
        spdlog::debug("the daemon's own figures are not recorded: the writer is busy");
    }
}

// On the writer's thread.
void Daemon::note_changed(const std::set<catalog::Id>& clients) {
    std::vector<protocol::Id> ids;
    for (const catalog::Id& client : clients) {
        ids.push_back({client});
    }
    changed_.note(ids);
}

void Daemon::tell_of_reading(const protocol::Result<protocol::settings::Reload::Reply>& outcome) {
    namespace events = protocol::events;
    if (outcome) {
        events_.publish("io.catalogd.configuration.read",
                        events::ConfigurationRead{outcome->changed, outcome->need_restart});
        return;
    }
    const auto refused = std::get<protocol::errors::ConfigurationInvalid>(outcome.error());
    events_.publish("io.catalogd.configuration.refused",
                    events::ConfigurationRefused{refused.problems});
}

// Whoever asks because of the event finds what it tells of.
actors::BackupNews Daemon::backup_news() {
    namespace events = protocol::events;
    return {[this](const std::string& name, std::int64_t bytes) {
                backup_list_.look();
                events_.publish("io.catalogd.backup.taken", events::BackupTaken{name, bytes});
            },
            [this](const std::string& name) {
                backup_list_.look();
                events_.publish("io.catalogd.backup.proven", events::BackupProven{name});
            },
            [this](const std::string& name) {
                backup_list_.look();
                events_.publish("io.catalogd.backup.deleted", events::BackupDeleted{name});
            }};
}

void Daemon::tell_of_start() {
    namespace events = protocol::events;
    const catalog::Migrated& migrated = catalog_.migrated;
    if (migrated.from != migrated.to) {
        events_.publish("io.catalogd.schema.migrated",
                        events::SchemaMigrated{migrated.from, migrated.to});
    }
    events_.publish("io.catalogd.daemon.started",
                    events::DaemonStarted{std::string(protocol::version), migrated.to});
}

}  // namespace catalogd::daemon

#include "endpoints/http/metrics.h"

#include <array>

#include "endpoints/http/metrics_text.h"
#include "protocol/version.h"

namespace catalogd::endpoints::http {
namespace {

using Out = std::string&;
using Name = std::string_view;

template <class Number>
double real(Number number) {
    return static_cast<double>(number);
}

// One number of the health actor's last look, or of an actor as it is now.
template <auto number>
void one(Out out, Name name, const Shown& shown) {
    append_sample(out, name, {}, number(shown));
}

// The same of each queue: the first of the writer, the other of the readers.
template <auto of_writer, auto of_readers>
void of_queues(Out out, Name name, const Shown& shown) {
    append_sample(out, name, "queue=\"writer\"", real(of_writer(shown.actors.writer.figures())));
    append_sample(out, name, "queue=\"readers\"", real(of_readers(shown.actors.readers.figures())));
}

void requests(Out out, Name name, const Shown& shown) {
    const Actors& actors = shown.actors;
    append_histogram(out, name, "class=\"write\"", actors.writer.times().requests);
    append_histogram(out, name, "class=\"read\"", actors.readers.short_times().requests);
    append_histogram(out, name, "class=\"list\"", actors.readers.long_times().requests);
    append_histogram(out, name, "class=\"console\"", actors.console.short_times().requests);
}

void queues(Out out, Name name, const Shown& shown) {
    const Actors& actors = shown.actors;
    append_histogram(out, name, "class=\"write\"", actors.writer.times().queue);
    append_histogram(out, name, "class=\"read\"", actors.readers.short_times().queue);
    append_histogram(out, name, "class=\"list\"", actors.readers.long_times().queue);
    append_histogram(out, name, "class=\"console\"", actors.console.short_times().queue);
}

void checks(Out out, Name name, const Shown& shown) {
    for (const auto& check : shown.health.checks) {
        append_sample(out, name, "check=\"" + escaped_label(check.name) + '"',
                      real(static_cast<int>(check.status)));
    }
}

void replaced(Out out, Name name, const Shown& shown) {
    const auto figures = shown.actors.readers.figures();
    append_sample(out, name, "reason=\"age\"", real(figures.replaced_for_age));
    append_sample(out, name, "reason=\"failure\"", real(figures.replaced_after_failure));
}

void connections(Out out, Name name, const Shown& shown) {
    append_sample(out, name, "socket=\"varlink\"", real(shown.connections));
    append_sample(out, name, "socket=\"http\"", real(shown.http_connections));
}

double seconds_of(protocol::Time time) {
    return real(time.milliseconds) / 1000;
}

// Those that have never succeeded have no sample: an alert has to ask for that by itself.
void successes(Out out, Name name, const Shown& shown) {
    for (const auto& job : shown.actors.scheduler.figures().jobs) {
        if (job.last && job.last->state == protocol::jobs::State::succeeded) {
            append_sample(out, name, "job=\"" + escaped_label(job.name) + '"',
                          seconds_of(job.last->ended_at.value_or(job.last->started_at)));
        }
    }
}

void running_jobs(Out out, Name name, const Shown& shown) {
    for (const auto& job : shown.actors.scheduler.figures().jobs) {
        append_sample(out, name, "job=\"" + escaped_label(job.name) + '"', job.running ? 1 : 0);
    }
}

void proven(Out out, Name name, const Shown& shown) {
    if (const auto at = shown.actors.scheduler.figures().last_proven) {
        append_sample(out, name, {}, seconds_of({*at}));
    }
}

void build(Out out, Name name, const Shown& /*shown*/) {
    append_sample(out, name, "version=\"" + escaped_label(protocol::version) + '"', 1);
}

using S = const Shown&;

constexpr std::array rows{
    Metric{"catalogd_build_info", "gauge", "Always 1; which version runs.", "version", build},
    Metric{"catalogd_start_time_seconds", "gauge", "When the daemon started, since 1970.", "",
           one<[](S s) { return real(s.health.started_at.milliseconds) / 1000; }>},
    Metric{"catalogd_health_status", "gauge",
           "0 where all is well, 1 for warnings, 2 for failures.", "",
           one<[](S s) { return real(static_cast<int>(s.health.status)); }>},
    Metric{"catalogd_health_score", "gauge", "100 is perfect.", "",
           one<[](S s) { return real(s.health.score); }>},
    Metric{"catalogd_check_status", "gauge", "Of each check: 0 passes, 1 warns, 2 fails.", "check",
           checks},
    Metric{"catalogd_request_duration_seconds", "histogram",
           "From when a call was understood to its reply, its time in the queue included.", "class",
           requests},
    Metric{"catalogd_queue_duration_seconds", "histogram", "How long calls waited in a queue.",
           "class", queues},
    Metric{"catalogd_commit_duration_seconds", "histogram",
           "How long a batch took until it was durable.", "",
           [](Out out, Name name, S s) {
               append_histogram(out, name, {}, s.actors.writer.times().commits);
           }},
    Metric{"catalogd_commits_total", "counter", "Commits.", "",
           one<[](S s) { return real(s.actors.writer.figures().commits); }>},
    Metric{"catalogd_operations_total", "counter", "Writes that were committed.", "",
           one<[](S s) { return real(s.actors.writer.figures().operations); }>},
    Metric{"catalogd_checkpoints_total", "counter", "Copies of the log into the database.", "",
           one<[](S s) { return real(s.actors.writer.figures().checkpoints); }>},
    Metric{"catalogd_reads_total", "counter", "Reads that were answered.", "",
           one<[](S s) { return real(s.actors.readers.figures().answered); }>},
    Metric{
        "catalogd_queued_calls", "gauge", "Calls that wait.", "queue",
        of_queues<[](const auto& f) { return f.queued; }, [](const auto& f) { return f.queued; }>},
    Metric{"catalogd_queue_fullness_ratio", "gauge", "The part of a queue that is taken.", "queue",
           of_queues<[](const auto& f) { return f.fullness; },
                     [](const auto& f) { return f.fullness; }>},
    Metric{"catalogd_refused_calls_total", "counter", "Calls that were answered Busy.", "queue",
           of_queues<[](const auto& f) { return f.refused; },
                     [](const auto& f) { return f.refused; }>},
    Metric{"catalogd_maintenance_queued", "gauge", "Long work that waits.", "",
           one<[](S s) { return real(s.actors.maintenance.figures().queued); }>},
    Metric{"catalogd_job_running", "gauge", "1 while the job runs.", "job", running_jobs},
    Metric{"catalogd_job_last_success_timestamp_seconds", "gauge",
           "When the job's last run ended, where that has succeeded.", "job", successes},
    Metric{"catalogd_backup_last_proven_timestamp_seconds", "gauge",
           "When a backup that is still there was proven last.", "", proven},
    Metric{"catalogd_readers", "gauge", "Connections that read.", "",
           one<[](S s) { return real(s.health.pool.readers); }>},
    Metric{"catalogd_readers_active", "gauge", "Of these, busy.", "",
           one<[](S s) { return real(s.actors.readers.figures().active); }>},
    Metric{"catalogd_readers_peak_active", "gauge", "The most that were ever busy at once.", "",
           one<[](S s) { return real(s.health.pool.peak_active); }>},
    Metric{"catalogd_reader_connections_opened_total", "counter", "Reading connections opened.", "",
           one<[](S s) { return real(s.actors.readers.figures().connections_opened); }>},
    Metric{"catalogd_reader_connections_replaced_total", "counter",
           "Reading connections that were replaced.", "reason", replaced},
    Metric{"catalogd_reader_connection_oldest_age_seconds", "gauge",
           "Age of the oldest reading connection.", "",
           one<[](S s) { return s.health.pool.oldest_connection_age_seconds; }>},
    Metric{"catalogd_longest_running_read_seconds", "gauge", "Of the reads that run now.", "",
           one<[](S s) { return s.health.pool.longest_running_ms / 1000; }>},
    Metric{"catalogd_database_size_bytes", "gauge", "The database's file.", "",
           one<[](S s) { return real(s.health.database_bytes); }>},
    Metric{"catalogd_wal_size_bytes", "gauge", "The write-ahead log's file.", "",
           one<[](S s) { return real(s.health.wal_bytes); }>},
    Metric{"catalogd_disk_free_bytes", "gauge", "Free on the database's disk.", "",
           one<[](S s) { return real(s.health.disk_free_bytes); }>},
    Metric{"catalogd_schema_version", "gauge", "Of the catalog.", "",
           one<[](S s) { return real(s.health.schema_version); }>},
    Metric{"catalogd_connections", "gauge", "Connections that are open.", "socket", connections},
    Metric{"catalogd_http_refused_connections_total", "counter",
           "Connections of HTTP that were closed: too many were open.", "",
           one<[](S s) { return real(s.http_refused); }>},
    Metric{"catalogd_subscribers", "gauge", "Who listens to events.", "",
           one<[](S s) { return real(s.actors.events.figures().subscribers); }>},
    Metric{"catalogd_events_total", "counter", "Events that were published.", "",
           one<[](S s) { return real(s.actors.events.figures().published); }>},
    Metric{"catalogd_events_dropped_total", "counter", "Events that slow subscribers have lost.",
           "", one<[](S s) { return real(s.actors.events.figures().dropped); }>},
    Metric{"catalogd_slow_subscribers_total", "counter", "Times that a subscriber was too slow.",
           "", one<[](S s) { return real(s.actors.events.figures().slow); }>},
    Metric{"catalogd_subscriber_waiting_bytes", "gauge", "What waits for the slowest subscriber.",
           "", one<[](S s) { return real(s.actors.events.figures().waiting_bytes); }>},
};

}  // namespace

std::span<const Metric> metrics() {
    return rows;
}

std::string metrics_text(const Shown& shown) {
    std::string out;
    for (const Metric& metric : rows) {
        ((((out += "# HELP ") += metric.name) += ' ') += metric.help) += '\n';
        ((((out += "# TYPE ") += metric.name) += ' ') += metric.type) += '\n';
        metric.write(out, metric.name, shown);
    }
    return out;
}

}  // namespace catalogd::endpoints::http

#include "cli/health.h"

#include <cmath>
#include <ostream>

#include "cli/figures.h"
#include "cli/json_lines.h"
#include "cli/printable.h"
#include "cli/table.h"
#include "protocol/health.h"

namespace catalogd::cli {
namespace {

namespace health = protocol::health;

constexpr ExitCode exit_warns{1};
constexpr ExitCode exit_fails{2};

std::string_view word_of(health::Status status) {
    return status == health::Status::pass   ? "pass"
           : status == health::Status::warn ? "warn"
                                            : "fail";
}

// In the check's own unit, bytes as people read them.
std::string amount(const std::optional<double>& value, const std::optional<std::string>& unit) {
    if (!value) {
        return "";
    }
    if (unit == "bytes") {
        return human_bytes(std::llround(*value));
    }
    const std::string number = plain_number(std::round(*value * 10) / 10);
    return unit ? number + ' ' + *unit : number;
}

void print_verdict(const Session& session, const health::Health& about) {
    session.out << word_of(about.status) << ", score " << about.score << " of 100; up "
                << grouped(std::llround(about.uptime_seconds)) << " s\n";
}

void print_checks(const Session& session, const health::Health& about) {
    Table table(session, {{"CHECK"},
                          {"STATUS"},
                          {"NOW", Column::Align::right},
                          {"WARNS AT", Column::Align::right},
                          {"FAILS AT", Column::Align::right},
                          {"SINCE"},
                          {"REASON"}});
    for (const health::Check& check : about.checks) {
        table.add({check.name, std::string(word_of(check.status)),
                   amount(check.observed, check.unit), amount(check.warn_at, check.unit),
                   amount(check.fail_at, check.unit), short_time(check.since),
                   check.reason.value_or("")});
    }
    table.flush();
}

void print_figures(const Session& session, const health::Health& about) {
    const health::Pool& pool = about.pool;
    const health::Writer& writer = about.writer;
    Card card(session);
    card.line("Readers", std::to_string(pool.active) + " of " + std::to_string(pool.readers) +
                             " busy (at most " + std::to_string(pool.peak_active) + "), " +
                             grouped(pool.queued) + " calls wait");
    card.line("Writer", grouped(writer.commits) + " commits of " + grouped(writer.operations) +
                            " changes, " + grouped(writer.queued) + " wait");
    card.line("Commits", "p50 " + amount(writer.commit_p50_ms, "ms") + ", p99 " +
                             amount(writer.commit_p99_ms, "ms") + ", " +
                             amount(writer.batch_size, "changes") + " in each");
    card.line("Database", human_bytes(about.database_bytes) + ", its log " +
                              human_bytes(about.wal_bytes) + ", free on the disk " +
                              human_bytes(about.disk_free_bytes));
    card.line("Schema", std::to_string(about.schema_version) + " of catalogd " + about.version);
    card.print();
}

void print_health(const Session& session, const health::Health& about) {
    print_verdict(session, about);
    print_checks(session, about);
    print_figures(session, about);
    for (const std::string& recommendation : about.recommendations) {
        session.out << "* " << printable(recommendation) << '\n';
    }
}

}  // namespace

Outcome run(Session& session, const HealthCommand&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(health::Get{});
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        print_member(session.out, *reply, "health");
    } else {
        print_health(session, reply->health);
    }
    switch (reply->health.status) {
        case health::Status::pass:
            return ExitCode::ok;
        case health::Status::warn:
            return exit_warns;
        case health::Status::fail:
            return exit_fails;
    }
    return ExitCode::failed;
}

}  // namespace catalogd::cli

#include "cli/statistics.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "cli/figures.h"
#include "cli/json_lines.h"
#include "cli/table.h"
#include "protocol/whole.h"

namespace catalogd::cli {
namespace {

namespace whole = protocol::whole;

std::string bytes(std::int64_t count) {
    return human_bytes(count) + " (" + grouped(count) + " bytes)";
}

std::string days(double count) {
    std::array<char, 352> text;
    std::snprintf(text.data(), text.size(), "%.1f days ago", count);
    return text.data();
}

void print_statistics(const Session& session, const whole::Statistics& statistics) {
    Card card(session);
    card.line("Clients", grouped(statistics.clients) + " (" +
                             grouped(statistics.clients_with_keys) + " with a public key)");
    card.line("Files",
              grouped(statistics.files) + " (" + grouped(statistics.verified_files) + " verified)");
    card.line("Size", bytes(statistics.bytes));
    card.line("Verified size", bytes(statistics.verified_bytes));
    if (statistics.average_file_bytes) {
        card.line("Average file", human_bytes(std::llround(*statistics.average_file_bytes)));
    }
    if (statistics.smallest_file_bytes) {
        card.line("Smallest file", bytes(*statistics.smallest_file_bytes));
    }
    if (statistics.largest_file_bytes) {
        card.line("Largest file", bytes(*statistics.largest_file_bytes));
    }
    if (statistics.average_days_since_seen) {
        card.line("Clients seen", "on average " + days(*statistics.average_days_since_seen));
    }
    card.line("Transferred", bytes(statistics.bytes_transferred));
    card.line("Database", bytes(statistics.database_bytes));
    card.line("Its log", bytes(statistics.wal_bytes));
    card.line("Free in it", bytes(statistics.free_bytes));
    card.line("As of", protocol::to_text(statistics.as_of));
    card.print();
}

}  // namespace

Outcome run(Session& session, const Stats&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(whole::GetStatistics{});
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        print_member(session.out, *reply, "statistics");
    } else {
        print_statistics(session, reply->statistics);
    }
    return ExitCode::ok;
}

}  // namespace catalogd::cli

#include "protocol/events.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "protocol/schema.ipp"

namespace catalogd::protocol {
namespace {

constexpr std::size_t number_digits = 20;

template <class Data>
constexpr events::EventType row(std::string_view type, std::string_view meaning) {
    return {type, meaning,
            [] {
                std::string out;
                schema::append(out, schema::Tag<Data>{});
                return out;
            },
            &schema::member_list<Data>};
}

using events::CheckChanged;

constexpr std::array rows{
    row<events::Snapshot>("io.catalogd.snapshot",
                          "How everything is: the first event of who does not resume."),
    row<events::Heartbeat>("io.catalogd.heartbeat",
                           "Nothing has to be told; every 15 seconds, whatever is filtered."),
    row<events::Lost>("io.catalogd.lost",
                      "Events that this subscriber will not get; a snapshot follows."),
    row<events::Sample>("io.catalogd.sample",
                        "Figures of the last second, for who names this type; without sequence."),
    row<events::HealthChanged>("io.catalogd.health.changed",
                               "The daemon as a whole is better or worse."),
    row<CheckChanged>("io.catalogd.check.writer", "The writer stands, or goes on."),
    row<CheckChanged>("io.catalogd.check.readers", "The readers are busy, or no longer."),
    row<CheckChanged>("io.catalogd.check.queue",
                      "A queue fills, or calls are refused as Busy; or no longer."),
    row<CheckChanged>("io.catalogd.check.database-size",
                      "Database and log have passed a mark of their size, or left it."),
    row<CheckChanged>("io.catalogd.check.wal-size",
                      "The write-ahead log has passed a mark of its size, or left it."),
    row<CheckChanged>("io.catalogd.check.disk-free",
                      "Free space on the disk has passed a mark, or left it."),
    row<CheckChanged>("io.catalogd.check.integrity", "A check of integrity has found damage."),
    row<CheckChanged>("io.catalogd.check.foreign-keys", "Records point at what is not there."),
    row<CheckChanged>("io.catalogd.check.orphans", "File records have no client."),
    row<CheckChanged>("io.catalogd.check.backup", "Backups are too old, or not proven."),
    row<CheckChanged>("io.catalogd.check.jobs", "Jobs fail, or have not run when they should."),
    row<CheckChanged>("io.catalogd.check.subscribers", "Subscribers are too slow for the events."),
    row<events::CallsRefused>("io.catalogd.calls.refused",
                              "Calls were answered Busy; once a second at most."),
    row<events::StatementSlow>("io.catalogd.statement.slow",
                               "A statement took longer than log.slow_statement; of each name "
                               "once a second at most."),
    row<events::DaemonStarted>("io.catalogd.daemon.started", "The daemon has started and serves."),
    row<events::DaemonStopping>("io.catalogd.daemon.stopping",
                                "The daemon finishes what it has accepted, and ends."),
    row<events::ConfigurationRead>("io.catalogd.configuration.read",
                                   "The configuration was read again, and is in force but for what "
                                   "needs a restart."),
    row<events::ConfigurationRefused>("io.catalogd.configuration.refused",
                                      "The configuration was read again and is not right: it stays "
                                      "as it was."),
    row<events::SchemaMigrated>("io.catalogd.schema.migrated",
                                "The catalog has another schema since this start."),
    row<events::CatalogRestored>("io.catalogd.catalog.restored",
                                 "A backup was put in the catalog's place: read everything anew."),
    row<events::JobStarted>("io.catalogd.job.started", "A job has begun."),
    row<events::JobProgress>("io.catalogd.job.progress",
                             "How far a job has come, from 0 to 1; twice a second at most."),
    row<events::JobFinished>("io.catalogd.job.finished", "A job has ended, and how."),
    row<events::BackupTaken>("io.catalogd.backup.taken", "A backup is complete and checked."),
    row<events::BackupProven>("io.catalogd.backup.proven", "A backup was restored as a test."),
    row<events::BackupDeleted>("io.catalogd.backup.deleted", "A backup was deleted."),
    row<events::SubscriberSlow>("io.catalogd.subscriber.slow",
                                "A subscriber did not take its events in time, and has lost some."),
};

}  // namespace

namespace events {

std::span<const EventType> event_types() {
    return rows;
}

const EventType* find_event_type(std::string_view type) {
    const auto* found = std::ranges::find(rows, type, &EventType::type);
    return found != rows.end() ? found : nullptr;
}

std::string to_json(const CloudEvent& event) {
    std::string out = R"({"specversion":"1.0","source":"/catalogd","id":)";
    append_quoted(out, event.id);
    append_quoted(out += R"(,"type":)", event.type);
    if (!event.subject.empty()) {
        append_quoted(out += R"(,"subject":)", event.subject);
    }
    append_quoted(out += R"(,"time":)", to_text(event.time));
    if (!event.sequence.empty()) {
        append_quoted(out += R"(,"sequence":)", event.sequence);
    }
    ((out += R"(,"datacontenttype":"application/json","data":)") += event.data) += '}';
    return out;
}

std::string sequence_text(std::string_view epoch, std::uint64_t number) {
    const std::string digits = std::to_string(number);
    std::string text(epoch);
    return (text += '-').append(number_digits - digits.size(), '0') += digits;
}

std::optional<Sequence> parse_sequence(std::string_view text) {
    const auto dash = text.rfind('-');
    if (dash == std::string_view::npos || dash == 0 || dash > 64 ||
        text.size() != dash + 1 + number_digits) {
        return {};
    }
    Sequence sequence{std::string(text.substr(0, dash))};
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data() + dash + 1, end, sequence.number);
    return error == std::errc() && stopped == end ? std::optional(sequence) : std::nullopt;
}

}  // namespace events

template void encode(std::string& out, const events::HealthChanged& data);
template void encode(std::string& out, const events::CheckChanged& data);
template void encode(std::string& out, const events::CallsRefused& data);
template void encode(std::string& out, const events::StatementSlow& data);
template void encode(std::string& out, const events::DaemonStarted& data);
template void encode(std::string& out, const events::DaemonStopping& data);
template void encode(std::string& out, const events::SchemaMigrated& data);
template void encode(std::string& out, const events::CatalogRestored& data);
template void encode(std::string& out, const events::ConfigurationRead& data);
template void encode(std::string& out, const events::ConfigurationRefused& data);
template void encode(std::string& out, const events::JobStarted& data);
template void encode(std::string& out, const events::JobProgress& data);
template void encode(std::string& out, const events::JobFinished& data);
template void encode(std::string& out, const events::BackupTaken& data);
template void encode(std::string& out, const events::BackupProven& data);
template void encode(std::string& out, const events::BackupDeleted& data);
template void encode(std::string& out, const events::SubscriberSlow& data);
template void encode(std::string& out, const events::Lost& data);
template void encode(std::string& out, const events::Heartbeat& data);
template void encode(std::string& out, const events::Sample& data);

}  // namespace catalogd::protocol

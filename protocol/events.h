// What the daemon tells by itself: each kind of event with its data, and the CloudEvent around it.
// The rows of event_types() are the one list of them: docs/events.md and the JSON Schemas are made
// of it.
#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/health.h"

namespace catalogd::protocol::events {

using health::Check;
using health::Health;
using health::Status;

// --- the data of each kind; who says "was" tells what it is now beside it ----------------------

struct HealthChanged {
    Status was = Status::pass;
    Status status = Status::pass;
    std::int64_t score = 100;
    std::vector<std::string> warnings;
};
struct CheckChanged {
    Status was = Status::pass;
    Check check;
};
struct CallsRefused {
    std::int64_t count = 0;
    std::int64_t in_minute = 0;
};
struct StatementSlow {
    std::string statement;
    std::int64_t count = 0;
    double longest_ms = 0;
};
struct DaemonStarted {
    std::string version;
    std::int64_t schema_version = 0;
};
struct DaemonStopping {};
struct SchemaMigrated {
    std::int64_t from = 0;
    std::int64_t to = 0;
};
struct CatalogRestored {};
struct ConfigurationRead {
    std::vector<std::string> changed;
    std::vector<std::string> need_restart;
};
struct ConfigurationRefused {
    std::vector<std::string> problems;
};
struct JobStarted {
    std::int64_t id = 0;
    std::string job;
    std::string trigger;
};
struct JobProgress {
    std::int64_t id = 0;
    std::string job;
    double progress = 0;
    std::optional<std::string> message;
};
struct JobFinished {
    std::int64_t id = 0;
    std::string job;
    std::string state;
    double seconds = 0;
    std::optional<std::string> reason;
};
struct BackupTaken {
    std::string name;
    std::int64_t bytes = 0;
};
struct BackupProven {
    std::string name;
};
struct BackupDeleted {
    std::string name;
};
struct SubscriberSlow {
    std::int64_t dropped = 0;
};
struct Lost {
    std::string reason;
    std::optional<std::string> after;
    std::string until;
    std::optional<std::int64_t> count;
};
struct Snapshot {
    Health health;
};
struct Heartbeat {};
// Of one second.
struct Sample {
    double reads_per_second = 0;
    double writes_per_second = 0;
    double commits_per_second = 0;
    double commit_p50_ms = 0;
    double commit_p99_ms = 0;
    std::int64_t queued = 0;
    double readers_busy = 0;
    std::int64_t database_bytes = 0;
    std::int64_t wal_bytes = 0;
    std::int64_t disk_free_bytes = 0;
    std::int64_t subscribers = 0;
};

// --- the table ----------------------------------------------------------------------------------

inline constexpr std::string_view snapshot_type = "io.catalogd.snapshot";
inline constexpr std::string_view heartbeat_type = "io.catalogd.heartbeat";
inline constexpr std::string_view lost_type = "io.catalogd.lost";
inline constexpr std::string_view sample_type = "io.catalogd.sample";
// The name of a check follows.
inline constexpr std::string_view check_prefix = "io.catalogd.check.";

struct EventType {
    std::string_view type;
    std::string_view meaning;
    std::string (*schema)();   // of its data: JSON Schema, draft 07
    std::string (*members)();  // of its data, for a reader: "name, bytes"
};

// In the order in which a reader wants to meet them.
std::span<const EventType> event_types();
const EventType* find_event_type(std::string_view type);

// --- the envelope -------------------------------------------------------------------------------

struct CloudEvent {
    std::string_view type;
    std::string_view subject{};  // empty: none
    std::string id;
    std::string sequence{};  // empty: none
    Time time;
    std::string_view data = "{}";  // JSON
};

std::string to_json(const CloudEvent& event);

// "<epoch>-<20 digits>", and back.
std::string sequence_text(std::string_view epoch, std::uint64_t number);
struct Sequence {
    std::string epoch;
    std::uint64_t number = 0;
};
std::optional<Sequence> parse_sequence(std::string_view text);

BOOST_DESCRIBE_STRUCT(HealthChanged, (), (was, status, score, warnings))
BOOST_DESCRIBE_STRUCT(CheckChanged, (), (was, check))
BOOST_DESCRIBE_STRUCT(CallsRefused, (), (count, in_minute))
BOOST_DESCRIBE_STRUCT(StatementSlow, (), (statement, count, longest_ms))
BOOST_DESCRIBE_STRUCT(DaemonStarted, (), (version, schema_version))
BOOST_DESCRIBE_STRUCT(DaemonStopping, (), ())
BOOST_DESCRIBE_STRUCT(SchemaMigrated, (), (from, to))
BOOST_DESCRIBE_STRUCT(CatalogRestored, (), ())
BOOST_DESCRIBE_STRUCT(ConfigurationRead, (), (changed, need_restart))
BOOST_DESCRIBE_STRUCT(ConfigurationRefused, (), (problems))
BOOST_DESCRIBE_STRUCT(JobStarted, (), (id, job, trigger))
BOOST_DESCRIBE_STRUCT(JobProgress, (), (id, job, progress, message))
BOOST_DESCRIBE_STRUCT(JobFinished, (), (id, job, state, seconds, reason))
BOOST_DESCRIBE_STRUCT(BackupTaken, (), (name, bytes))
BOOST_DESCRIBE_STRUCT(BackupProven, (), (name))
BOOST_DESCRIBE_STRUCT(BackupDeleted, (), (name))
BOOST_DESCRIBE_STRUCT(SubscriberSlow, (), (dropped))
BOOST_DESCRIBE_STRUCT(Lost, (), (reason, after, until, count))
BOOST_DESCRIBE_STRUCT(Snapshot, (), (health))
BOOST_DESCRIBE_STRUCT(Heartbeat, (), ())
BOOST_DESCRIBE_STRUCT(Sample, (),
                      (reads_per_second, writes_per_second, commits_per_second, commit_p50_ms,
                       commit_p99_ms, queued, readers_busy, database_bytes, wal_bytes,
                       disk_free_bytes, subscribers))

}  // namespace catalogd::protocol::events

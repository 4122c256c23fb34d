// io.catalogd.Health: its messages. They are answered by the health actor's last look, not by the
// actors that serve the catalog. The contract, comments included, is the .varlink file; a test
// holds these structs against it, member by member.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/mp11/list.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/values.h"

namespace catalogd::protocol::health {

inline constexpr std::string_view interface = "io.catalogd.Health";

// From good to bad: a greater one is worse.
enum class Status { pass, warn, fail };

struct Check {
    static constexpr bool grows = true;  // part of replies alone
    std::string name;
    Status status = Status::pass;
    std::optional<double> observed;
    std::optional<std::string> unit;
    std::optional<double> warn_at;
    std::optional<double> fail_at;
    Time since;
    std::optional<std::string> reason;
    std::optional<std::string> recommendation;
};

struct Pool {
    static constexpr bool grows = true;
    std::int64_t readers = 0;
    std::int64_t active = 0;
    std::int64_t available = 0;
    std::int64_t peak_active = 0;
    double utilization = 0;
    std::int64_t queued = 0;
    std::int64_t exhaustion_events = 0;
    std::int64_t connections_opened = 0;
    std::int64_t connections_closed = 0;
    double average_connection_age_seconds = 0;
    double oldest_connection_age_seconds = 0;
    double max_age_seconds = 0;
    double longest_running_ms = 0;
    std::int64_t stale_closed = 0;
    std::int64_t cleanups = 0;
    std::optional<Time> last_cleanup;
};

struct Writer {
    static constexpr bool grows = true;
    std::int64_t queued = 0;
    std::int64_t commits = 0;
    std::int64_t operations = 0;
    double batch_size = 0;
    double commit_p50_ms = 0;
    double commit_p99_ms = 0;
};

struct Health {
    static constexpr bool grows = true;
    Status status = Status::pass;
    std::int64_t score = 100;
    std::vector<Check> checks;
    std::vector<std::string> warnings;
    std::vector<std::string> recommendations;
    Pool pool;
    Writer writer;
    std::int64_t database_bytes = 0;
    std::int64_t wal_bytes = 0;
    std::int64_t disk_free_bytes = 0;
    std::int64_t tables = 0;
    std::int64_t indexes = 0;
    std::int64_t schema_version = 0;
    std::string version;
    Time started_at;
    double uptime_seconds = 0;
};

struct Get {
    static constexpr std::string_view method = "io.catalogd.Health.Get";
    struct Reply {
        Health health;
    };
};

struct Watch {
    static constexpr std::string_view method = "io.catalogd.Health.Watch";
    std::optional<std::vector<std::string>> types;
    std::optional<std::string> after;
    struct Reply {
        Object event;
    };
};

using Methods = boost::mp11::mp_list<Get, Watch>;

BOOST_DESCRIBE_ENUM(Status, pass, warn, fail)
BOOST_DESCRIBE_STRUCT(Check, (),
                      (name, status, observed, unit, warn_at, fail_at, since, reason,
                       recommendation))
BOOST_DESCRIBE_STRUCT(Pool, (),
                      (readers, active, available, peak_active, utilization, queued,
                       exhaustion_events, connections_opened, connections_closed,
                       average_connection_age_seconds, oldest_connection_age_seconds,
                       max_age_seconds, longest_running_ms, stale_closed, cleanups, last_cleanup))
BOOST_DESCRIBE_STRUCT(Writer, (),
                      (queued, commits, operations, batch_size, commit_p50_ms, commit_p99_ms))
BOOST_DESCRIBE_STRUCT(Health, (),
                      (status, score, checks, warnings, recommendations, pool, writer,
                       database_bytes, wal_bytes, disk_free_bytes, tables, indexes, schema_version,
                       version, started_at, uptime_seconds))
BOOST_DESCRIBE_STRUCT(Get, (), ())
BOOST_DESCRIBE_STRUCT(Get::Reply, (), (health))
BOOST_DESCRIBE_STRUCT(Watch, (), (types, after))
BOOST_DESCRIBE_STRUCT(Watch::Reply, (), (event))

}  // namespace catalogd::protocol::health

#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "config/timetable.h"

namespace catalogd::config {

enum class Level { Trace, Debug, Info, Warning, Error };

/// What the daemon was told, complete and checked. Only load() and defaults() fill it; everyone
/// else holds it const. The defaults are in the table of keys alone (keys.cpp), so a Config that
/// nobody filled is no configuration. Sizes are in bytes.
struct Config {
    struct Database {
        std::string path;
        std::string key_file;  // never empty once loaded
        std::int64_t writer_cache = 0;
        std::int64_t reader_cache = 0;
        std::int64_t checkpoint_at = 0;
        std::int64_t wal_limit = 0;
        std::int64_t disk_floor = 0;
        std::int64_t disk_reserve = 0;
        bool operator==(const Database&) const = default;
    };
    struct Socket {
        std::string path;
        unsigned mode = 0;
        std::string group;  // a name or a number; empty: the daemon's own
        bool operator==(const Socket&) const = default;
    };
    /// Each entry is "user:" or "group:" and a name or a number; nobody has looked it up yet.
    struct Access {
        std::vector<std::string> read;
        std::vector<std::string> write;
        std::vector<std::string> admin;
        bool operator==(const Access&) const = default;
    };
    struct Http {
        std::string address;  // "off": none
        std::string hosts;    // with commas
        std::string token_file;
        int connections = 0;
        bool operator==(const Http&) const = default;
    };
    struct Limits {
        int connections = 0;
        int connections_per_user = 0;
        int calls_in_flight = 0;
        std::int64_t frame = 0;
        bool operator==(const Limits&) const = default;
    };
    struct Writer {
        int queue = 0;
        std::int64_t queue_bytes = 0;
        int batch = 0;
        bool operator==(const Writer&) const = default;
    };
    struct Readers {
        int count = 0;
        int queue = 0;
        std::int64_t queue_bytes = 0;
        std::chrono::milliseconds max_age{};
        bool operator==(const Readers&) const = default;
    };
    struct Search {
        int backlog = 0;
        bool operator==(const Search&) const = default;
    };
    struct Deadlines {
        std::chrono::milliseconds read{};
        std::chrono::milliseconds write{};
        bool operator==(const Deadlines&) const = default;
    };
    struct Retention {
        std::chrono::milliseconds requests{};
        int request_calls = 0;
        std::chrono::milliseconds metrics{};
        std::chrono::milliseconds audit{};
        int job_runs = 0;
        bool operator==(const Retention&) const = default;
    };
    struct Backup {
        std::string folder;
        std::int64_t disk_floor = 0;
        int generations = 0;
        int count = 0;
        std::chrono::milliseconds age{};
        bool operator==(const Backup&) const = default;
    };
    /// Where each check of the daemon's health begins to warn and to fail. 0: nowhere.
    struct Health {
        std::chrono::milliseconds writer_warn{};
        std::chrono::milliseconds writer_fail{};
        int readers_warn = 0;
        int readers_fail = 0;
        int queue_warn = 0;
        int queue_fail = 0;
        std::int64_t database_warn = 0;
        std::int64_t database_fail = 0;
        std::int64_t wal_warn = 0;
        std::int64_t wal_fail = 0;
        std::int64_t disk_warn = 0;
        std::int64_t disk_fail = 0;
        bool operator==(const Health&) const = default;
    };
    struct Jobs {
        Timetable cleanup;
        Timetable checkpoint;
        Timetable optimize;
        Timetable vacuum;
        Timetable vacuum_full;
        Timetable foreign_key_check;
        Timetable integrity_check;
        Timetable integrity_check_full;
        Timetable orphan_check;
        bool orphan_repair = false;
        Timetable search_index;
        Timetable backup;
        Timetable backup_proof;
        int quiet_rate = 0;
        std::chrono::milliseconds jitter{};
        bool operator==(const Jobs&) const = default;
    };
    struct Shutdown {
        std::chrono::milliseconds grace{};
        bool operator==(const Shutdown&) const = default;
    };
    struct Log {
        Level level = Level::Info;
        std::chrono::milliseconds slow_statement{};
        bool operator==(const Log&) const = default;
    };

    Database database;
    Socket socket;
    Access access;
    Http http;
    Limits limits;
    Writer writer;
    Readers readers;
    Search search;
    Deadlines deadlines;
    Retention retention;
    Backup backup;
    Health health;
    Jobs jobs;
    Shutdown shutdown;
    Log log;
    bool operator==(const Config&) const = default;
};

}  // namespace catalogd::config

// How often each statement ran, how long it took, and what it went through: counted as it runs, by
// whichever thread, without a lock, and kept in the catalog across restarts.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/durations.h"

struct sqlite3_stmt;

namespace catalogd::catalog {

class Connection;
class Sql;
class WriteTransaction;

// Safe for any number of threads, but for what is said of load and store.
class QueryStatistics {
public:
    // On the thread that ran the statement, after it. `text` has no parameters in it.
    using OnSlow = std::function<void(std::string_view name, std::string_view text,
                                      std::chrono::nanoseconds took)>;

    // `now` in milliseconds since 1970. A statement is slow from `slow` on; 0: none is.
    explicit QueryStatistics(std::int64_t now, std::chrono::nanoseconds slow = {},
                             OnSlow on_slow = {});

    void set_slow(std::chrono::nanoseconds slow) { slow_ = slow.count(); }

    struct Run {
        std::chrono::nanoseconds took{};
        std::int64_t rows = 0;     // that it returned or changed
        std::int64_t scanned = 0;  // steps from row to row without an index
    };
    void count(const Sql& sql, const Run& run);
    // A statement that an operator wrote. All of them count as one, and none is ever told.
    void count_console(const Run& run);

    struct Figures {
        std::string_view statement;
        std::int64_t calls = 0;
        std::int64_t rows = 0;
        std::int64_t scanned = 0;
        std::chrono::nanoseconds total{};
        std::chrono::nanoseconds longest{};
        std::chrono::nanoseconds p99{};  // to an eighth
        std::int64_t since = 0;          // milliseconds since 1970
    };
    // Of those that have run; the one that took most time of all comes first.
    [[nodiscard]] std::vector<Figures> figures() const;

    // Adds what was stored; once, before anybody reads it.
    void load(Connection& connection);
    // Whether any statement ran since mark_stored().
    [[nodiscard]] bool changed() const { return calls() != stored_calls_.load(); }
    // What changed since the last time; this and the next on the writer's thread alone.
    void store(WriteTransaction& transaction);
    // What was stored is durable now.
    void mark_stored();

private:
    struct alignas(64) Entry {
        std::string_view name;
        std::string_view text;
        std::int64_t since = 0;
        std::int64_t stored_calls = 0;   // these two are of the writer's thread
        std::int64_t written_calls = 0;  // perhaps not durable yet
        std::atomic<std::int64_t> rows{0};
        std::atomic<std::int64_t> scanned{0};
        std::atomic<std::int64_t> nanoseconds{0};
        std::atomic<std::int64_t> longest{0};
        Durations durations;
    };
    void count(Entry& entry, const Run& run);
    static void write(Connection& connection, const Entry& entry);
    [[nodiscard]] std::int64_t calls() const;

    std::atomic<std::int64_t> slow_;
    const OnSlow on_slow_;
    std::vector<Entry> entries_;  // by Sql::index(), and last the console's
    std::atomic<std::int64_t> stored_calls_{0};
};

// From a run's begin to its end, counted where there are statistics; else it costs nothing.
class Measurement {
public:
    Measurement(QueryStatistics* statistics, const Sql& sql, sqlite3_stmt* statement);
    void add_rows(std::int64_t rows) { rows_ += rows; }
    void end();

private:
    QueryStatistics* statistics_;
    const Sql& sql_;
    sqlite3_stmt* statement_;
    std::int64_t rows_ = 0;
    std::chrono::steady_clock::time_point began_;
};

}  // namespace catalogd::catalog

#include "catalog/query_statistics.h"

#include <sqlite3.h>

#include <algorithm>

#include "catalog/transaction.h"

namespace catalogd::catalog {
namespace {

constexpr std::string_view console_name = "(query)";
constexpr auto relaxed = std::memory_order_relaxed;

const Sql load_sql{"query_statistics.load",
                   "SELECT statement, rows, scanned, nanoseconds, longest, durations, since "
                   "FROM query_statistics"};
const Sql update_sql{"query_statistics.update",
                     "UPDATE query_statistics SET rows = ?2, scanned = ?3, nanoseconds = ?4, "
                     "longest = ?5, durations = ?6 WHERE statement = ?1"};
const Sql insert_sql{
    "query_statistics.insert",
    "INSERT INTO query_statistics (statement, rows, scanned, nanoseconds, longest, durations, "
    "since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};

void raise(std::atomic<std::int64_t>& most, std::int64_t value) {
    std::int64_t now = most.load(relaxed);
    while (value > now && !most.compare_exchange_weak(now, value, relaxed)) {
    }
}

}  // namespace

QueryStatistics::QueryStatistics(std::int64_t now, std::chrono::nanoseconds slow, OnSlow on_slow)
    : slow_(slow.count()), on_slow_(std::move(on_slow)), entries_(Sql::all().size() + 1) {
    for (const Sql* sql : Sql::all()) {
        entries_[sql->index()].name = sql->name();
        entries_[sql->index()].text = sql->text();
    }
    entries_.back().name = console_name;
    for (Entry& entry : entries_) {
        entry.since = now;
    }
}

void QueryStatistics::count(const Sql& sql, const Run& run) {
    count(entries_[sql.index()], run);
}

void QueryStatistics::count_console(const Run& run) {
    count(entries_.back(), run);
}

// On the path of every statement: an addition of no effect is left out.
void QueryStatistics::count(Entry& entry, const Run& run) {
    const std::int64_t took = run.took.count();
    entry.durations.add(took);
    entry.nanoseconds.fetch_add(took, relaxed);
    raise(entry.longest, took);
    if (run.rows != 0) {
        entry.rows.fetch_add(run.rows, relaxed);
    }
    if (run.scanned != 0) {
        entry.scanned.fetch_add(run.scanned, relaxed);
    }
    const std::int64_t slow = slow_.load(relaxed);
    if (slow > 0 && took >= slow && on_slow_) {
        on_slow_(entry.name, entry.text, run.took);
    }
}

std::int64_t QueryStatistics::calls() const {
    std::int64_t calls = 0;
    for (const Entry& entry : entries_) {
        calls += entry.durations.count();
    }
    return calls;
}

std::vector<QueryStatistics::Figures> QueryStatistics::figures() const {
    using std::chrono::nanoseconds;
    std::vector<Figures> all;
    for (const Entry& entry : entries_) {
        const std::int64_t calls = entry.durations.count();
        if (calls == 0) {
            continue;
        }
        const std::int64_t longest = entry.longest.load(relaxed);
        all.push_back({entry.name, calls, entry.rows.load(relaxed), entry.scanned.load(relaxed),
                       nanoseconds(entry.nanoseconds.load(relaxed)), nanoseconds(longest),
                       nanoseconds(std::min(entry.durations.percentile(99), longest)),
                       entry.since});
    }
    std::ranges::sort(all, std::ranges::greater(), &Figures::total);
    return all;
}

// Of a statement that this program does not have any more nothing is known; its row stays.
void QueryStatistics::load(Connection& connection) {
    catalog::Run run(connection, load_sql);
    while (run.step()) {
        const std::string name = run.text();
        const auto entry = std::ranges::find(entries_, std::string_view(name), &Entry::name);
        if (entry == entries_.end()) {
            continue;
        }
        entry->rows.fetch_add(run.integer(), relaxed);
        entry->scanned.fetch_add(run.integer(), relaxed);
        entry->nanoseconds.fetch_add(run.integer(), relaxed);
        raise(entry->longest, run.integer());
        entry->durations.add_packed(run.bytes());
        entry->since = run.integer();
        entry->stored_calls = entry->durations.count();
    }
}

void QueryStatistics::store(WriteTransaction& transaction) {
    for (Entry& entry : entries_) {
        entry.written_calls = entry.durations.count();
        if (entry.written_calls != entry.stored_calls) {
            write(transaction.connection(), entry);
        }
    }
}

void QueryStatistics::write(Connection& connection, const Entry& entry) {
    const std::string name(entry.name);
    const Bytes durations = entry.durations.packed();
    const std::int64_t rows = entry.rows.load(relaxed);
    const std::int64_t scanned = entry.scanned.load(relaxed);
    const std::int64_t nanoseconds = entry.nanoseconds.load(relaxed);
    const std::int64_t longest = entry.longest.load(relaxed);
    catalog::Run update(connection, update_sql, name, rows, scanned, nanoseconds, longest,
                        Blob{durations});
    if (update.execute() == 0) {
        catalog::Run(connection, insert_sql, name, rows, scanned, nanoseconds, longest,
                     Blob{durations}, entry.since)
            .execute();
    }
}

void QueryStatistics::mark_stored() {
    for (Entry& entry : entries_) {
        entry.stored_calls = entry.written_calls;
    }
    stored_calls_ = calls();
}

Measurement::Measurement(QueryStatistics* statistics, const Sql& sql, sqlite3_stmt* statement)
    : statistics_(statistics), sql_(sql), statement_(statement) {
    if (statistics_ != nullptr) {
        began_ = std::chrono::steady_clock::now();
    }
}

void Measurement::end() {
    if (statistics_ == nullptr) {
        return;
    }
    const auto took = std::chrono::steady_clock::now() - began_;
    // Its second argument resets what it counts.
    const int scanned = sqlite3_stmt_status(statement_, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
    statistics_->count(sql_, {took, rows_, scanned});
}

}  // namespace catalogd::catalog

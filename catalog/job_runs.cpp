#include "catalog/job_runs.h"

#include <algorithm>

namespace catalogd::catalog::job_runs {
namespace {

const Sql add_sql{
    "job_runs.add",
    "INSERT INTO job_runs (job, full, trigger, started, ended, state, result, reason) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id"};
const Sql finish_sql{"job_runs.finish",
                     "UPDATE job_runs SET ended = ?4, state = ?5, result = ?6, reason = ?7 "
                     "WHERE id = ?1 AND job = ?2 AND started = ?3"};
const Sql unfinished_sql{"job_runs.unfinished",
                         "UPDATE job_runs SET ended = started, state = ?1, reason = ?2 "
                         "WHERE ended IS NULL"};
const Sql list_sql{"job_runs.list",
                   "SELECT id, job, full, trigger, started, ended, state, result, reason "
                   "FROM job_runs WHERE id > 0 ORDER BY id DESC LIMIT ?1"};
const Sql of_kind_sql{"job_runs.of_kind",
                      "SELECT id, job, full, trigger, started, ended, state, result, reason "
                      "FROM job_runs WHERE job = ?1 AND full = ?2 ORDER BY id DESC LIMIT ?3"};
const Sql newest_sql{"job_runs.newest",
                     "SELECT started FROM job_runs WHERE job = ?1 AND full = ?2 AND trigger <> ?3 "
                     "ORDER BY id DESC LIMIT 1"};
const Sql newest_ended_sql{"job_runs.newest_ended",
                           "SELECT id, job, full, trigger, started, ended, state, result, reason "
                           "FROM job_runs WHERE job = ?1 AND full = ?2 AND ended IS NOT NULL "
                           "ORDER BY id DESC LIMIT 1"};
const Sql oldest_kept_sql{"job_runs.oldest_kept",
                          "SELECT id FROM job_runs WHERE job = ?1 AND full = ?2 "
                          "ORDER BY id DESC LIMIT 1 OFFSET ?3"};
const Sql oldest_sql{"job_runs.oldest",
                     "SELECT id FROM job_runs WHERE job = ?1 AND full = ?2 AND id < ?3 "
                     "ORDER BY id LIMIT ?4"};
const Sql remove_sql{"job_runs.remove",
                     "DELETE FROM job_runs WHERE job = ?1 AND full = ?2 AND id <= ?3"};
const Sql count_sql{"job_runs.count",
                    "SELECT count(*), count(*) FILTER (WHERE state = 'failed') FROM job_runs "
                    "WHERE job = ?1 AND ended IS NOT NULL"};
const Sql since_sql{"job_runs.since", "SELECT applied_at FROM migrations WHERE version = 11"};

Run read(catalog::Run& row) {
    Run run;
    run.id = row.integer();
    run.job = row.text();
    run.full = row.integer() != 0;
    run.trigger = row.text();
    run.started = row.integer();
    run.ended = row.optional_integer();
    run.state = row.text();
    run.result = row.optional_text();
    run.reason = row.optional_text();
    return run;
}

std::vector<Run> read_all(catalog::Run& rows) {
    std::vector<Run> runs;
    while (rows.step()) {
        runs.push_back(read(rows));
    }
    return runs;
}

std::vector<Run> of_kind(Connection& connection, const std::string& job, bool full,
                         std::int64_t limit) {
    catalog::Run rows(connection, of_kind_sql, job, full, limit);
    return read_all(rows);
}

}  // namespace

std::int64_t add(WriteTransaction& transaction, const Run& run) {
    catalog::Run row(transaction.connection(), add_sql, run.job, run.full, run.trigger, run.started,
                     run.ended, run.state, run.result, run.reason);
    row.step();
    return row.integer();
}

void finish(WriteTransaction& transaction, const Run& run) {
    const auto changed = catalog::Run(transaction.connection(), finish_sql, run.id, run.job,
                                      run.started, run.ended, run.state, run.result, run.reason)
                             .execute();
    if (changed == 0) {
        add(transaction, run);
    }
}

std::int64_t finish_all(WriteTransaction& transaction, const std::string& state,
                        const std::string& reason) {
    return catalog::Run(transaction.connection(), unfinished_sql, state, reason).execute();
}

std::int64_t remove_oldest(WriteTransaction& transaction, const std::string& job, bool full,
                           std::int64_t kept, std::int64_t most) {
    Connection& connection = transaction.connection();
    std::int64_t first_kept = 0;
    if (catalog::Run row(connection, oldest_kept_sql, job, full, kept - 1); row.step()) {
        first_kept = row.integer();
    }
    std::int64_t last = 0;
    for (catalog::Run rows(connection, oldest_sql, job, full, first_kept, most); rows.step();) {
        last = rows.integer();
    }
    return last == 0 ? 0 : catalog::Run(connection, remove_sql, job, full, last).execute();
}

std::vector<Run> list(Connection& connection, std::int64_t limit) {
    catalog::Run rows(connection, list_sql, limit);
    return read_all(rows);
}

// Of both kinds together.
std::vector<Run> list(Connection& connection, const std::string& job, std::int64_t limit) {
    auto runs = of_kind(connection, job, false, limit);
    for (Run& run : of_kind(connection, job, true, limit)) {
        runs.push_back(std::move(run));
    }
    std::ranges::sort(runs, std::ranges::greater(), &Run::id);
    runs.resize(std::min(runs.size(), static_cast<std::size_t>(limit)));
    return runs;
}

std::optional<std::int64_t> newest_but(Connection& connection, const std::string& job, bool full,
                                       const std::string& trigger) {
    catalog::Run row(connection, newest_sql, job, full, trigger);
    return row.step() ? std::optional(row.integer()) : std::nullopt;
}

std::optional<Run> newest_ended(Connection& connection, const std::string& job, bool full) {
    catalog::Run row(connection, newest_ended_sql, job, full);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

Counts count(Connection& connection, const std::string& job) {
    catalog::Run row(connection, count_sql, job);
    Counts counts;
    if (row.step()) {
        counts.runs = row.integer();
        counts.failures = row.integer();
    }
    return counts;
}

std::int64_t since(Connection& connection) {
    catalog::Run row(connection, since_sql);
    return row.step() ? row.integer() : 0;
}

}  // namespace catalogd::catalog::job_runs

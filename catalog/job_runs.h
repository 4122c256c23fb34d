// The runs of jobs: what ran, when, why, and how it ended. What the texts mean is known to those
// who run jobs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/transaction.h"

namespace catalogd::catalog::job_runs {

struct Run {
    std::int64_t id = 0;
    std::string job;
    bool full = false;  // the rarer kind of a job that has two
    std::string trigger;
    std::int64_t started = 0;  // milliseconds since 1970
    std::optional<std::int64_t> ended;
    std::string state;
    std::optional<std::string> result;  // a JSON object
    std::optional<std::string> reason;

    bool operator==(const Run&) const = default;
};

// The new run's id.
std::int64_t add(WriteTransaction& transaction, const Run& run);

// Notes how it ended. In a catalog that was put in this one's place since it began, it is added.
void finish(WriteTransaction& transaction, const Run& run);

// Runs that a daemon has left unfinished ended so; how many they were.
std::int64_t finish_all(WriteTransaction& transaction, const std::string& state,
                        const std::string& reason);

// Of each job and kind the oldest beyond the newest `kept` go, at most so many. Returns how many.
std::int64_t remove_oldest(WriteTransaction& transaction, const std::string& job, bool full,
                           std::int64_t kept, std::int64_t most);

// The newest first.
std::vector<Run> list(Connection& connection, std::int64_t limit);
std::vector<Run> list(Connection& connection, const std::string& job, std::int64_t limit);

// When the newest of that kind began that had another trigger than this one.
std::optional<std::int64_t> newest_but(Connection& connection, const std::string& job, bool full,
                                       const std::string& trigger);

std::optional<Run> newest_ended(Connection& connection, const std::string& job, bool full);

struct Counts {
    std::int64_t runs = 0;
    std::int64_t failures = 0;
};
// Of those that are kept.
Counts count(Connection& connection, const std::string& job);

// When the catalog began to note runs.
std::int64_t since(Connection& connection);

}  // namespace catalogd::catalog::job_runs

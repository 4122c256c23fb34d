// What jobs ask of the writer. Each is short; what came of it is in what it points to, once the
// message has succeeded.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "catalog/job_runs.h"
#include "catalog/maintenance_hold.h"
#include "catalog/requests.h"

namespace catalogd::actors {

// A run that begins, and gets its id, or one that has ended.
struct NoteRun {
    std::shared_ptr<catalog::job_runs::Run> run;
};

// That the server holds maintenance off from now on, or no more.
struct NoteHold {
    std::optional<catalog::MaintenanceHold> hold;
};

// At the start: the daemon before this one has ended under these.
struct FinishRuns {};

// How long what piles up is kept.
struct Retention {
    catalog::requests::Retention requests;
    std::int64_t metrics = std::int64_t{30} * 24 * 3'600'000;  // milliseconds, as the next
    std::int64_t audit = std::int64_t{365} * 24 * 3'600'000;
    std::int64_t runs = 200;  // of each job
    bool operator==(const Retention&) const = default;
};
struct RemoveExpired {
    struct Removed {
        std::int64_t requests = 0;
        std::int64_t samples = 0;
        std::int64_t audit_entries = 0;
        std::int64_t runs = 0;
    };
    Retention retention;
    std::int64_t most = 0;  // of each
    std::shared_ptr<Removed> removed;
};

// Of the file's free pages, so many at most.
struct GiveBackPages {
    std::int64_t pages = 0;
    std::shared_ptr<std::int64_t> left;
};

struct RefreshStatistics {
    std::shared_ptr<std::int64_t> rows;
};

// File records without a client; where `last`, what clients are counted by too.
struct RemoveOrphans {
    std::vector<std::int64_t> numbers;
    bool last = false;
    std::shared_ptr<std::int64_t> removed;
};

// It is built anew from the first record on.
struct ForgetSearchIndex {};

}  // namespace catalogd::actors

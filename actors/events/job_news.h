// What becomes of jobs, as events.
#pragma once

#include <map>
#include <optional>

#include "actors/events/hub.h"
#include "protocol/job_run.h"

namespace catalogd::actors::events {

// On one thread: the scheduler's.
class JobNews {
public:
    JobNews(Hub& hub, const Clock& clock) : hub_(hub), clock_(clock) {}

    // A run that begins, has come so far, or has ended.
    void tell(const protocol::jobs::JobRun& run, std::optional<double> progress);

private:
    void tell_progress(const protocol::jobs::JobRun& run, double progress);
    void tell_end(const protocol::jobs::JobRun& run);

    Hub& hub_;
    const Clock& clock_;
    std::map<std::int64_t, Moment> told_;  // of runs that go on: when their progress was told
};

}  // namespace catalogd::actors::events

#include "actors/events/job_news.h"

#include <boost/describe/enum_to_string.hpp>

namespace catalogd::actors::events {
namespace {

namespace jobs = protocol::jobs;
namespace wire_events = protocol::events;

constexpr auto between_progress = std::chrono::milliseconds(500);

}  // namespace

void JobNews::tell(const jobs::JobRun& run, std::optional<double> progress) {
    if (progress) {
        tell_progress(run, *progress);
    } else if (run.state == jobs::State::running) {
        hub_.publish("io.catalogd.job.started",
                     wire_events::JobStarted{run.id, run.job, run.trigger}, run.job);
    } else {
        tell_end(run);
    }
}

void JobNews::tell_progress(const jobs::JobRun& run, double progress) {
    const Moment now = clock_.now();
    const auto [place, first] = told_.try_emplace(run.id, now);
    if (first || now - place->second >= between_progress) {
        place->second = now;
        hub_.publish("io.catalogd.job.progress",
                     wire_events::JobProgress{run.id, run.job, progress, {}}, run.job);
    }
}

void JobNews::tell_end(const jobs::JobRun& run) {
    told_.erase(run.id);
    const std::int64_t took =
        run.ended_at.value_or(run.started_at).milliseconds - run.started_at.milliseconds;
    hub_.publish(
        "io.catalogd.job.finished",
        wire_events::JobFinished{run.id, run.job, boost::describe::enum_to_string(run.state, ""),
                                 static_cast<double>(took) / 1000, run.reason},
        run.job);
}

}  // namespace catalogd::actors::events

// What is asked of the scheduler.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "actors/scheduler.h"

namespace catalogd::actors {
namespace {

namespace errors = protocol::errors;
namespace runs = catalog::job_runs;

std::optional<protocol::Time> time_of(const std::optional<std::int64_t>& wall) {
    return wall ? std::optional(protocol::Time{*wall}) : std::nullopt;
}

std::optional<std::string> window_of(const Scheduler::Times& times) {
    return times.window ? std::optional(to_text(*times.window)) : std::nullopt;
}

bool ever(const Schedule& schedule) {
    return schedule.kind != Schedule::Kind::never;
}

// The later of the two.
std::optional<jobs::JobRun> newest_of(const Scheduler::Known::Job& known) {
    const bool full_is_newer =
        known.last_full && (!known.last || known.last->id < known.last_full->id);
    return full_is_newer ? known.last_full : known.last;
}

}  // namespace

const Scheduler::Figures::Job* Scheduler::Figures::find(std::string_view name) const {
    const auto found = std::ranges::find(jobs, name, &Job::name);
    return found != jobs.end() ? &*found : nullptr;
}

Scheduler::Figures Scheduler::figures() const {
    const auto last_proven = backups_.latest()->last_proven;  // news of backups is no news of jobs
    const std::lock_guard lock(publishing_);
    Figures figures = published_;
    figures.last_proven = last_proven;
    return figures;
}

Scheduler::Known Scheduler::read_known(catalog::Connection& connection) {
    Known known;
    known.since = runs::since(connection);
    known.hold = catalog::find_hold(connection);
    constexpr std::int64_t most_sizes = 200;
    for (const auto& run : runs::list(connection, std::string(jobs::Cleanup::method), most_sizes)) {
        if (const auto size = size_noted(to_message(run))) {
            known.sizes.insert(known.sizes.begin(), *size);
        }
    }
    for (const JobKind& kind : job_kinds()) {
        const std::string name(kind.name);
        Known::Job& job = known.jobs[name];
        job.counts = runs::count(connection, name);
        job.usual_begun = runs::newest_but(connection, name, false, "request");
        job.full_begun = runs::newest_but(connection, name, true, "request");
        for (const bool full : {false, true}) {
            if (const auto run = runs::newest_ended(connection, name, full)) {
                (full ? job.last_full : job.last) = to_message(*run);
            }
        }
    }
    return known;
}

jobs::List::Reply Scheduler::latest() const {
    const std::lock_guard lock(publishing_);
    return newest_list_;
}

void Scheduler::publish_list() {
    jobs::List::Reply newest = listed();
    const std::lock_guard lock(publishing_);
    newest_list_ = std::move(newest);
}

bool Scheduler::list(Answered<jobs::List::Reply> answered) {
    return post([this, answered = std::move(answered)] {
        expire_hold();
        answered(listed());
    });
}

jobs::List::Reply Scheduler::listed() const {
    jobs::List::Reply reply;
    for (const Job& job : jobs_) {
        reply.jobs.push_back(listed(job));
    }
    std::ranges::sort(reply.jobs, {}, &jobs::Job::name);
    if (hold_) {
        reply.held_until = protocol::Time{hold_->asked.until};
        reply.held_for = hold_->asked.reason;
    }
    return reply;
}

jobs::Job Scheduler::listed(const Job& job) const {
    jobs::Job listed;
    listed.name = job.kind->name;
    listed.schedule = to_text(job.times.usual.schedule);
    listed.window = window_of(job.times.usual);
    listed.enabled = ever(job.times.usual.schedule) || ever(job.times.full.schedule);
    listed.next_run = time_of(job.usual.next(now()));
    listed.last_run = job.current ? to_message(job.current->run) : newest_of(job.known);
    listed.runs = job.known.counts.runs;
    listed.failures = job.known.counts.failures;
    if (job.full) {
        listed.full_schedule = to_text(job.times.full.schedule);
        listed.full_window = window_of(job.times.full);
        listed.next_full_run = time_of(job.full->next(now()));
    }
    return listed;
}

bool Scheduler::run(RunOrder order) {
    const auto shared = std::make_shared<RunOrder>(std::move(order));
    return post([this, shared] { start_run(std::move(*shared)); });
}

void Scheduler::start_run(RunOrder order) {
    const auto found = std::ranges::find_if(
        jobs_, [&](const Job& job) { return job.kind->name == order.call.job; });
    if (found == jobs_.end()) {
        order.begun(protocol::Error(errors::UnknownJob{order.call.job}));
        return;
    }
    const auto full =
        found->kind->asks_for_full(order.call.parameters.value_or(protocol::Object()));
    if (!full) {
        order.begun(full.error());
    } else if (stopping_) {
        order.begun(protocol::Error(errors::Busy{1'000}));
    } else if (has_run(found->state)) {
        order.begun(protocol::Error(errors::AlreadyRunning{to_message(found->current->run)}));
    } else {
        step(*found, JobEvent::asked);
        begin(*found, "request", *full, std::move(order));
    }
}

bool Scheduler::cancel(std::int64_t id, Answered<jobs::Cancel::Reply> answered) {
    return post([this, id, answered = std::move(answered)] {
        const auto found = std::ranges::find_if(jobs_, [&](const Job& job) {
            return (job.state == JobState::running || job.state == JobState::stopping) &&
                   job.current->run.id == id;
        });
        if (found == jobs_.end()) {
            answered(protocol::Error(errors::InvalidValue{"id", "is of no run that is under way"}));
            return;
        }
        tell_stop(*found, false);
        found->current->watchers.emplace_back(
            [answered](const jobs::JobRun& run) { answered(jobs::Cancel::Reply{run}); });
    });
}

}  // namespace catalogd::actors

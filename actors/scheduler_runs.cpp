// A run of a job, from its beginning to its end.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>

#include "actors/audit.h"
#include "actors/scheduler.h"

namespace catalogd::actors {
namespace {

using protocol::Error;

jobs::State state_of(const std::string& text) {
    using enum jobs::State;
    return text == "succeeded"   ? succeeded
           : text == "cancelled" ? cancelled
           : text == "postponed" ? postponed
           : text == "failed"    ? failed
                                 : running;
}

}  // namespace

std::string in_words(const Error& error) {
    const std::string name = short_name(error);
    return std::visit(
        [&](const auto& each) {
            if constexpr (requires { std::string(each.reason); }) {
                return name + ": " + each.reason;
            } else {
                std::string text;
                protocol::encode_parameters(text, error);
                return text == "{}" ? name : name + ' ' + text;
            }
        },
        error);
}

jobs::JobRun to_message(const catalog::job_runs::Run& run) {
    jobs::JobRun message;
    message.id = run.id;
    message.job = run.job;
    message.trigger = run.trigger;
    message.started_at = {run.started};
    message.ended_at = run.ended ? std::optional(protocol::Time{*run.ended}) : std::nullopt;
    message.state = state_of(run.state);
    message.result = run.result ? std::optional(protocol::Object{*run.result}) : std::nullopt;
    message.reason = run.reason;
    return message;
}

// The step to `beginning` has been made.
void Scheduler::begin(Job& job, const char* trigger, bool full, RunOrder order) {
    job.due.reset();
    if (trigger != std::string_view("request")) {
        plan_of(job, full).begin(now());
    }
    Current& current = job.current.emplace();
    current.order = std::move(order);
    if (!current.order.call.parameters) {
        current.order.call.parameters = protocol::Object{full ? R"({"full":true})" : "{}"};
    }
    current.run.job = job.kind->name;
    current.run.full = full;
    current.run.trigger = trigger;
    current.run.started = clock_.wall();
    current.run.state = "running";
    publish();
    if (!note(job, &Scheduler::noted)) {
        not_noted(job, protocol::errors::Busy{1'000});
    }
}

// The writer has a copy of its own, into which it writes the run's number. False where it has no
// room.
bool Scheduler::note(Job& job, void (Scheduler::*then)(Job&, const Outcome&)) {
    const auto run = std::make_shared<catalog::job_runs::Run>(job.current->run);
    WriterMail mail;
    mail.message = NoteRun{run};
    mail.deadline = {clock_.now(), Moment::max()};
    mail.reply = [this, &job, run, then](const Outcome& outcome) {
        boost::asio::post(io_, [this, &job, run, then, outcome] {
            job.current->run.id = run->id;
            (this->*then)(job, outcome);
        });
    };
    return parts_.post(mail);
}

void Scheduler::not_noted(Job& job, const Error& error) {
    spdlog::warn("job {} does not run: {}", job.kind->name, in_words(error));
    Current current = std::move(*std::exchange(job.current, {}));
    step(job, JobEvent::not_noted);
    publish();
    if (current.order.begun) {
        current.order.begun(error);
    } else {
        // Nothing has begun: it is tried again.
        come_due(job, current.run.full, current.run.trigger == "startup" ? "startup" : "schedule");
    }
}

void Scheduler::noted(Job& job, const Outcome& outcome) {
    if (!outcome) {
        not_noted(job, outcome.error());
        return;
    }
    step(job, JobEvent::noted);
    Current& current = *job.current;
    tell(to_message(current.run), {});
    if (current.order.begun) {
        current.order.begun(jobs::Run::Reply{to_message(current.run), {}, {}});
    }
    if (hold_ && current.run.trigger != "request") {
        tell_stop(job, true);  // it was held meanwhile
    }
    Work work = work_of(job);
    if (stopping_ || !parts_.post_work(work)) {
        ended(job, Error(protocol::errors::Busy{1'000}));
    }
}

Work Scheduler::work_of(Job& job) {
    Current& current = *job.current;
    JobOrder order{*current.order.call.parameters, options_.rules, current.run.trigger == "request",
                   rate_.per_second() < static_cast<double>(options_.quiet_rate)};
    Work work;
    work.caller = current.order.caller;
    work.run = [kind = job.kind, order = std::move(order)](WorkContext& context) {
        return Answer{protocol::EncodedReply::of_text(kind->run(context, order).json)};
    };
    work.stopped = [stop = current.stop] { return stop->load(); };
    work.progress = [this, &job](double done) {
        boost::asio::post(io_, [this, &job, done] { report(job, done); });
    };
    work.reply = [this, &job](const Outcome& outcome) {
        boost::asio::post(io_, [this, &job, outcome] { ended(job, outcome); });
    };
    return work;
}

void Scheduler::report(Job& job, double done) {
    if (job.current) {
        tell(to_message(job.current->run), done);
    }
    if (job.current && job.current->order.progress) {
        job.current->order.progress({to_message(job.current->run), done, {}});
    }
}

void Scheduler::ended(Job& job, const Outcome& outcome) {
    Current& current = *job.current;
    step(job, JobEvent::ended);
    current.run.ended = std::max(clock_.wall(), current.run.started);
    if (outcome) {
        current.run.state = "succeeded";
        current.run.result = std::string(outcome->reply.parameters());
    } else if (current.stop->load()) {
        current.run.state = current.put_off ? "postponed" : "cancelled";
        current.run.reason = current.put_off ? "the server holds maintenance" : "it was cancelled";
    } else if (std::holds_alternative<protocol::errors::Busy>(outcome.error())) {
        current.run.state = "cancelled";
        current.run.reason = "the daemon stops, or has too much to do";
    } else {
        current.run.state = "failed";
        current.run.reason = in_words(outcome.error());
        spdlog::error("job {} has failed: {}", job.kind->name, *current.run.reason);
    }
    note_end(job);
}

// Tried again where the writer has no room: see look_at_times.
void Scheduler::note_end(Job& job) {
    job.current->noting = note(job, &Scheduler::kept);
}

void Scheduler::kept(Job& job, const Outcome& outcome) {
    if (!outcome) {
        spdlog::warn("what became of job {} is not kept: {}", job.kind->name,
                     in_words(outcome.error()));
    }
    const Current current = std::move(*std::exchange(job.current, {}));
    step(job, JobEvent::kept);
    const jobs::JobRun run = to_message(current.run);
    (current.run.full ? job.known.last_full : job.known.last) = run;
    if (const auto size = size_noted(run)) {
        sizes_.push_back(*size);
    }
    ++job.known.counts.runs;
    job.known.counts.failures += run.state == jobs::State::failed ? 1 : 0;
    if (current.put_off && run.state == jobs::State::postponed) {
        come_due(job, current.run.full, "schedule");
    }
    publish();
    tell(run, {});
    if (current.order.ended) {
        current.order.ended({run, {}, {}});
    }
    for (const auto& watcher : current.watchers) {
        watcher(run);
    }
    if (!stopping_) {
        look_at_times();  // another may wait for this one's end
    }
}

void Scheduler::tell_stop(Job& job, bool put_off) {
    step(job, JobEvent::told_to_stop);
    job.current->put_off = put_off;
    job.current->stop->store(true);
}

void Scheduler::publish() {
    backups_.look();
    Figures figures;
    for (const Job& job : jobs_) {
        figures.jobs.push_back(
            {std::string(job.kind->name), has_run(job.state), job.known.last, job.known.last_full});
    }
    figures.growth_per_day = growth_per_day(sizes_);
    if (hold_) {
        figures.held_until = hold_->asked.until;
    }
    {
        const std::lock_guard lock(publishing_);
        published_ = std::move(figures);
    }
    publish_list();
}

}  // namespace catalogd::actors

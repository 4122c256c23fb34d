#include "actors/scheduler.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <future>

namespace catalogd::actors {
namespace {

constexpr auto tick_interval = std::chrono::seconds(1);
constexpr int most_waiting = 1'000;
// What a start begins with, whatever their schedules say.
constexpr std::array<std::string_view, 2> at_start{"foreign-key-check", "integrity-check"};

Plan plan_for(const Schedule& schedule, const std::optional<std::int64_t>& begun,
              std::int64_t since, const Now& now) {
    return {schedule, {begun.value_or(since), begun.has_value()}, now};
}

Scheduler::Options::Job times_of(const Scheduler::Options& options, std::string_view name) {
    const auto found = options.jobs.find(name);
    return found != options.jobs.end() ? found->second : Scheduler::Options::Job{};
}

}  // namespace

Scheduler::Scheduler(const Clock& clock, BackupList& backups, Options options, Known known,
                     Parts parts)
    : clock_(clock),
      backups_(backups),
      parts_(std::move(parts)),
      options_(std::move(options)),
      work_(io_.get_executor()),
      ticker_(io_) {
    jobs_.reserve(job_kinds().size());
    for (const JobKind& kind : job_kinds()) {
        const std::string name(kind.name);
        Known::Job& before = known.jobs[name];
        const Options::Job times = times_of(options_, name);
        Job job{&kind, times,
                plan_for(times.usual.schedule, before.usual_begun, known.since, now())};
        if (kind.has_full) {
            job.full = plan_for(times.full.schedule, before.full_begun, known.since, now());
        }
        job.known = std::move(before);
        jobs_.push_back(std::move(job));
    }
    sizes_ = std::move(known.sizes);
    hold_ = kept_hold_ = resumed(known.hold);
    publish();
}

Scheduler::~Scheduler() {
    stop();
}

void Scheduler::start() {
    if (parts_.checks_at_start) {
        finish_left_runs();
        for (Job& job : jobs_) {
            if (std::ranges::find(at_start, job.kind->name) != at_start.end()) {
                come_due(job, false, "startup");
            }
        }
    }
    thread_ = std::thread([this] { io_.run(); });
    boost::asio::post(io_, [this] { tick(); });
}

// Done before anybody can ask: a run of a daemon that was killed never seems to go on.
void Scheduler::finish_left_runs() {
    const auto told = std::make_shared<std::promise<Outcome>>();
    WriterMail mail;
    mail.message = FinishRuns{};
    mail.deadline = {clock_.now(), Moment::max()};
    mail.reply = [told](Outcome outcome) { told->set_value(std::move(outcome)); };
    const Outcome outcome =
        parts_.post(mail) ? told->get_future().get() : Outcome(protocol::errors::Busy{1'000});
    if (!outcome) {
        spdlog::warn("runs that a daemon left unfinished stay so: {}", in_words(outcome.error()));
    }
}

void Scheduler::wake() {
    boost::asio::post(io_, [this] { look(); });
}

void Scheduler::stop() {
    if (!thread_.joinable()) {
        return;
    }
    boost::asio::post(io_, [this] {
        stopping_ = true;
        refuse_holds();
        ticker_.cancel();
    });
    work_.reset();
    thread_.join();
}

void Scheduler::configure(Options options) {
    boost::asio::post(io_, [this, options = std::move(options)]() mutable {
        options_ = std::move(options);
        for (Job& job : jobs_) {
            job.times = times_of(options_, job.kind->name);
            job.usual.change(job.times.usual.schedule, now());
            if (job.full) {
                job.full->change(job.times.full.schedule, now());
            }
        }
        publish_list();
    });
}

bool Scheduler::post(std::function<void()> call) {
    if (waiting_.fetch_add(1) >= most_waiting) {
        --waiting_;
        return false;
    }
    boost::asio::post(io_, [this, call = std::move(call)] {
        --waiting_;
        call();
    });
    return true;
}

void Scheduler::step(Job& job, JobEvent event) {
    if (const auto next = after(job.state, event)) {
        job.state = *next;
    } else {
        spdlog::error("a job's life has no such step: {} in state {}, event {}", job.kind->name,
                      static_cast<int>(job.state), static_cast<int>(event));
    }
}

void Scheduler::tick() {
    if (stopping_) {
        return;
    }
    look();
    if (!parts_.looks_by_itself) {
        return;
    }
    ticker_.expires_after(tick_interval);
    ticker_.async_wait([this](boost::system::error_code) { tick(); });
}

void Scheduler::look() {
    rate_.look(parts_.requests(), clock_.now());
    look_at_times();
    publish_list();  // what is next changes as time passes
}

void Scheduler::look_at_times() {
    if (stopping_) {
        return;
    }
    expire_hold();
    note_hold();
    for (Job& job : jobs_) {
        if (job.state == JobState::ending && !job.current->noting) {
            note_end(job);
        }
        look_at(job);
    }
}

// Where both kinds are due, the whole one does for the other.
void Scheduler::look_at(Job& job) {
    if (job.state == JobState::resting) {
        if (job.full && job.full->due(now())) {
            come_due(job, true, "schedule");
        } else if (job.usual.due(now())) {
            come_due(job, false, "schedule");
        }
    }
    if (job.state != JobState::due) {
        return;
    }
    switch (turn_of(job)) {
        case Turn::wait:
            break;
        case Turn::begin: {
            const Due due = *job.due;
            step(job, JobEvent::turn_came);
            begin(job, due.trigger, due.full, {});
            break;
        }
        case Turn::forgo:
            forgo(job);
            break;
    }
}

void Scheduler::come_due(Job& job, bool full, const char* trigger) {
    step(job, JobEvent::time_came);
    const auto jitter =
        std::chrono::duration_cast<Moment::duration>(std::chrono::duration<double, std::milli>(
            static_cast<double>(options_.jitter.count()) * parts_.random()));
    job.due = Due{full, trigger, clock_.since_boot(), jitter};
}

Turn Scheduler::turn_of(Job& job) {
    Due& due = *job.due;
    const bool another = std::ranges::any_of(jobs_, [](const Job& each) {
        return each.current && each.current->run.trigger != "request";
    });
    if (due.trigger == std::string_view("startup")) {
        return another || hold_ ? Turn::wait : Turn::begin;
    }
    const auto& window = due.full ? job.times.full.window : job.times.usual.window;
    const bool open = !window || passed_of(*window, clock_.wall());
    const auto waited = clock_.since_boot() - due.since;
    due.opened = due.opened || open;
    if (open && (another || waited < due.jitter)) {
        return Turn::wait;
    }
    return actors::turn_of(
        due.full ? job.kind->full_patience : job.kind->patience, window,
        {clock_.wall(), std::chrono::duration_cast<std::chrono::milliseconds>(waited),
         hold_.has_value(), rate_.per_second() < static_cast<double>(options_.quiet_rate),
         due.opened});
}

void Scheduler::forgo(Job& job) {
    const Due due = *std::exchange(job.due, {});
    step(job, JobEvent::forgone);
    plan_of(job, due.full).begin(now());
    job.current.emplace();
    catalog::job_runs::Run& run = job.current->run;
    run.job = job.kind->name;
    run.full = due.full;
    run.trigger = due.trigger;
    run.started = clock_.wall();
    run.ended = run.started;
    run.state = "postponed";
    run.reason = "its window has passed while the server was busy, or held maintenance";
    publish();
    note_end(job);
}

}  // namespace catalogd::actors

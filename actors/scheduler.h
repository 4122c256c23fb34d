// Scheduler: has jobs run by themselves, when they should and when somebody asks for one, and knows
// what became of them.
//
// Thread     its own; everything but the calls and the figures runs there
// Messages   list, run, cancel, hold, release; each answered once, run also as it goes
// Events     NoteRun and NoteHold, posted to the writer; a job's work, posted to maintenance
// Invariants a job has one run at a time, and its life is that of jobs/life.h; of those that begin
//            by themselves one runs at a time, while the server does not hold maintenance; a run is
//            noted before it begins and after it has ended, whatever it ends in; however often its
//            time has passed while it could not begin, it begins once
// Overflow   so many calls wait; the next is refused at once (Busy)
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "actors/backup_list.h"
#include "actors/jobs/growth.h"
#include "actors/jobs/kinds.h"
#include "actors/jobs/life.h"
#include "actors/jobs/plan.h"
#include "actors/request_rate.h"

namespace catalogd::actors {

class Scheduler {
public:
    struct Times {
        Schedule schedule;
        std::optional<Window> window;
        bool operator==(const Times&) const = default;
    };
    struct Options {
        struct Job {
            Times usual;
            Times full;  // of a job that has two kinds
            bool operator==(const Job&) const = default;
        };
        std::map<std::string, Job, std::less<>> jobs;  // by name; what is missing never begins
        JobRules rules;
        std::int64_t quiet_rate = 50;  // requests a second, below which it is quiet
        std::chrono::milliseconds jitter = std::chrono::seconds(30);
        bool operator==(const Options&) const = default;
    };

    // Whom it works with; all must outlive it.
    struct Parts {
        std::function<bool(WriterMail&)> post;                // false: the writer's mailbox is full
        std::function<bool(Work&)> post_work;                 // false: maintenance's is
        std::function<std::int64_t()> requests;               // that were answered so far
        std::function<double()> random = [] { return 0.0; };  // from 0 to 1, without it
        bool looks_by_itself = true;  // once a second; else when it is woken
        bool checks_at_start = true;  // and ends what a daemon before this one has left
        // Of each run that begins, has come so far, and has ended; on its thread, and brief.
        std::function<void(const jobs::JobRun&, std::optional<double> progress)> tell{};
    };

    struct Figures {
        struct Job {
            std::string name;
            bool running = false;
            std::optional<jobs::JobRun> last;       // that has ended
            std::optional<jobs::JobRun> last_full;  // of its rarer kind
        };
        std::vector<Job> jobs;
        std::optional<std::int64_t> last_proven;  // milliseconds since 1970; of any backup there is
        std::optional<std::int64_t> held_until;   // the same
        std::optional<double> growth_per_day;     // bytes of the database, over the last days
        [[nodiscard]] const Job* find(std::string_view name) const;
    };

    // What is known of a job's runs when the daemon starts.
    struct Known {
        struct Job {
            std::optional<jobs::JobRun> last;
            std::optional<jobs::JobRun> last_full;
            std::optional<std::int64_t> usual_begun;  // by itself
            std::optional<std::int64_t> full_begun;
            catalog::job_runs::Counts counts;
        };
        std::map<std::string, Job, std::less<>> jobs;
        std::int64_t since = 0;             // when the catalog began to know
        std::vector<DatabaseSize> sizes{};  // oldest first
        std::optional<catalog::MaintenanceHold> hold{};
    };
    static Known read_known(catalog::Connection& connection);

    // The backups must outlive it, as its parts.
    Scheduler(const Clock& clock, BackupList& backups, Options options, Known known, Parts parts);
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    // Looks at its jobs once a second from now on; those that a start needs begin at once.
    void start();
    // Looks now.
    void wake();
    // Begins nothing more. What maintenance has answered by then is noted.
    void stop();

    // From any thread, as everything below.
    void configure(Options options);

    template <class Reply>
    using Answered = std::function<void(protocol::Result<Reply>)>;  // on its thread; brief

    struct RunOrder {
        jobs::Run call;
        catalog::audit::Caller caller{-1, -1};
        Answered<jobs::Run::Reply> begun;                  // once: under way, or why not
        std::function<void(jobs::Run::Reply)> progress{};  // empty: nobody wants to know
        std::function<void(jobs::Run::Reply)> ended{};     // once, where it has begun
    };
    // False: refused, and nothing is called.
    [[nodiscard]] bool list(Answered<jobs::List::Reply> answered);
    [[nodiscard]] bool run(RunOrder order);
    // Answered when the run has ended.
    [[nodiscard]] bool cancel(std::int64_t id, Answered<jobs::Cancel::Reply> answered);
    [[nodiscard]] bool hold(jobs::Hold call, Answered<jobs::Hold::Reply> answered);
    [[nodiscard]] bool release(Answered<jobs::Release::Reply> answered);

    // Another catalog is in the place of the one that it has noted its hold in.
    void follow_replacement();

    [[nodiscard]] Figures figures() const;
    // What list answers, as it was at the last look or change: for who cannot wait.
    [[nodiscard]] jobs::List::Reply latest() const;

private:
    // What a run that is under way has to be told, and whom it is told to.
    struct Current {
        // Not defaulted: what the members begin with is known behind the whole class alone.
        Current() {}

        catalog::job_runs::Run run;
        std::shared_ptr<std::atomic<bool>> stop = std::make_shared<std::atomic<bool>>(false);
        bool put_off = false;  // told to stop for the sake of a hold
        bool noting = false;   // its end is on the way to the writer
        RunOrder order;
        std::vector<std::function<void(const jobs::JobRun&)>> watchers;
    };
    struct Due {
        bool full = false;
        const char* trigger = "schedule";
        Moment since;
        Moment::duration jitter{};
        bool opened = false;
    };
    struct Job {
        const JobKind* kind = nullptr;
        Options::Job times;
        Plan usual;
        std::optional<Plan> full{};
        JobState state = JobState::resting;
        std::optional<Due> due{};
        std::optional<Current> current{};
        Known::Job known{};
    };

    struct Hold {
        catalog::MaintenanceHold asked;
        Moment until;
    };

    bool post(std::function<void()> call);
    void step(Job& job, JobEvent event);
    [[nodiscard]] Now now() const { return {clock_.wall(), clock_.since_boot()}; }
    static Plan& plan_of(Job& job, bool full) { return full ? *job.full : job.usual; }

    // scheduler.cpp
    void finish_left_runs();
    void tick();
    void look();
    void look_at_times();
    void look_at(Job& job);
    void come_due(Job& job, bool full, const char* trigger);
    [[nodiscard]] Turn turn_of(Job& job);
    void forgo(Job& job);

    // scheduler_hold.cpp
    [[nodiscard]] std::optional<Hold> resumed(
        const std::optional<catalog::MaintenanceHold>& kept) const;
    void change_hold(std::optional<Hold> hold, Answered<bool> kept);
    void note_hold();
    void hold_noted(const std::optional<Hold>& noted, std::size_t askers, const Outcome& outcome);
    void refuse_holds();
    void expire_hold();

    // scheduler_runs.cpp
    void begin(Job& job, const char* trigger, bool full, RunOrder order);
    bool note(Job& job, void (Scheduler::*then)(Job&, const Outcome&));
    void noted(Job& job, const Outcome& outcome);
    void not_noted(Job& job, const protocol::Error& error);
    [[nodiscard]] Work work_of(Job& job);
    void ended(Job& job, const Outcome& outcome);
    void note_end(Job& job);
    void kept(Job& job, const Outcome& outcome);
    void tell_stop(Job& job, bool put_off);
    void tell(const jobs::JobRun& run, std::optional<double> progress) const {
        if (parts_.tell) {
            parts_.tell(run, progress);
        }
    }
    void report(Job& job, double done);
    void publish();

    // scheduler_calls.cpp
    void start_run(RunOrder order);
    [[nodiscard]] jobs::List::Reply listed() const;
    [[nodiscard]] jobs::Job listed(const Job& job) const;
    void publish_list();

    const Clock& clock_;
    BackupList& backups_;
    const Parts parts_;

    // Of its thread.
    Options options_;
    std::vector<Job> jobs_;  // in the table's order; never moved
    RequestRate rate_;
    std::vector<DatabaseSize> sizes_;
    std::optional<Hold> hold_;
    std::optional<Hold> kept_hold_;            // as the catalog has it
    std::vector<Answered<bool>> hold_askers_;  // who wait until the catalog has the present one
    bool noting_hold_ = false;

    // Shared with those who ask.
    std::atomic<int> waiting_{0};
    mutable std::mutex publishing_;
    Figures published_;              // under the lock
    jobs::List::Reply newest_list_;  // the same

    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    boost::asio::steady_timer ticker_;
    bool stopping_ = false;  // of its thread
    std::thread thread_;
};

// As the contract has it.
jobs::JobRun to_message(const catalog::job_runs::Run& run);

// An error in words for a person.
std::string in_words(const protocol::Error& error);

}  // namespace catalogd::actors

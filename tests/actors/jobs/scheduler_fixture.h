// A scheduler on real actors, whose clocks tests set and who looks at its jobs when they say so.
#pragma once

#include "actors/maintenance.h"
#include "actors/scheduler.h"
#include "tests/actors/actors_fixture.h"
#include "tests/actors/jobs/time_zone.h"

namespace catalogd::actors {

class SchedulerFixture : public ActorsFixture {
protected:
    ~SchedulerFixture() override { stop_all(); }

    static Scheduler::Times every(std::chrono::milliseconds interval) {
        return {{.kind = Schedule::Kind::every, .interval = interval}, {}};
    }
    static Scheduler::Times daily(int hours, std::optional<Window> window = {}) {
        return {{.kind = Schedule::Kind::daily, .minute = hours * 60}, window};
    }

    Maintenance& maintenance() {
        if (!maintenance_) {
            writer();
            maintenance_.emplace(
                database(), shared(), clock, Maintenance::Options{},
                [this](WriterMail& mail) { return writer().post(mail); },
                [this](Writer::Alone alone) { return writer().post_alone(std::move(alone)); },
                BackupNews{
                    .taken = [this](const std::string& name,
                                    std::int64_t) { taken.push_back(name); },
                    .deleted = [this](const std::string& name) { deleted.push_back(name); }});
        }
        return *maintenance_;
    }

    // Its jobs are those of `options`; what a start does may be under way.
    Scheduler& start_scheduler() {
        maintenance();
        const catalog::ReadConnection connection(database());
        scheduler_.emplace(
            clock, backups, options,
            Scheduler::read_known(const_cast<catalog::ReadConnection&>(connection)),
            Scheduler::Parts{[this](WriterMail& mail) { return writer().post(mail); },
                             [this](Work& work) { return maintenance().post(work); },
                             [this] { return requests.load(); }, [this] { return random.load(); },
                             false});
        last_check_ = ended("integrity-check");
        scheduler_->start();
        return *scheduler_;
    }
    // What a start does has been done, unless the server holds maintenance.
    Scheduler& scheduler() {
        if (!scheduler_) {
            start_scheduler();
            await([&] {
                const auto last = ended("integrity-check");
                return scheduler_->figures().held_until ||
                       (last && (!last_check_ || last->id != last_check_->id));
            });
        }
        return *scheduler_;
    }
    void stop_all() {
        if (maintenance_) {
            maintenance_->stop();
        }
        if (scheduler_) {
            scheduler_->stop();
        }
        stop();
        scheduler_.reset();
        maintenance_.reset();
    }
    void restart() {
        stop_all();
        reopen();
        scheduler();
    }

    template <class Condition>
    static void await(Condition holds) {
        ASSERT_TRUE(eventually(holds));
    }

    // Has it look, and waits until nothing that began then is under way.
    void look() {
        scheduler().wake();
        static_cast<void>(list());
        settle();
    }
    void settle() {
        await([this] {
            const auto figures = scheduler().figures();
            return std::ranges::none_of(figures.jobs, &Scheduler::Figures::Job::running);
        });
    }
    void pass(std::chrono::milliseconds time) {
        scheduler();
        clock.pass_on_all(time);
        look();
    }

    jobs::List::Reply list() {
        std::promise<jobs::List::Reply> promise;
        EXPECT_TRUE(scheduler().list([&](const auto& reply) { promise.set_value(*reply); }));
        return promise.get_future().get();
    }
    jobs::Job listed(const std::string& name) {
        const auto reply = list();
        return *std::ranges::find(reply.jobs, name, &jobs::Job::name);
    }
    std::optional<jobs::JobRun> ended(const std::string& name) {
        return scheduler_->figures().find(name)->last;
    }

    struct Running {
        std::future<protocol::Result<jobs::Run::Reply>> begun;
        std::future<jobs::Run::Reply> ended;
    };
    Running begin(const std::string& job, const std::string& parameters = "{}") {
        auto begun = std::make_shared<std::promise<protocol::Result<jobs::Run::Reply>>>();
        auto end = std::make_shared<std::promise<jobs::Run::Reply>>();
        Running running{begun->get_future(), end->get_future()};
        Scheduler::RunOrder order;
        order.call = {job, protocol::Object{parameters}};
        order.begun = [begun](const auto& reply) { begun->set_value(reply); };
        order.ended = [end](const jobs::Run::Reply& reply) { end->set_value(reply); };
        EXPECT_TRUE(scheduler().run(std::move(order)));
        return running;
    }
    // The run, once it has ended.
    jobs::JobRun run(const std::string& job, const std::string& parameters = "{}") {
        Running running = begin(job, parameters);
        succeeded(running.begun.get());
        return running.ended.get().run;
    }
    protocol::Result<jobs::Cancel::Reply> cancel(std::int64_t id) {
        std::promise<protocol::Result<jobs::Cancel::Reply>> promise;
        EXPECT_TRUE(scheduler().cancel(id, [&](const auto& reply) { promise.set_value(reply); }));
        return promise.get_future().get();
    }
    using Held = std::future<protocol::Result<jobs::Hold::Reply>>;
    Held begin_hold(std::int64_t seconds) {
        auto promise = std::make_shared<std::promise<protocol::Result<jobs::Hold::Reply>>>();
        EXPECT_TRUE(scheduler().hold({{"a backup"}, {seconds}},
                                     [promise](const auto& reply) { promise->set_value(reply); }));
        return promise->get_future();
    }
    void hold(std::int64_t seconds) { succeeded(begin_hold(seconds).get()); }
    void release() {
        std::promise<void> promise;
        EXPECT_TRUE(scheduler().release([&](const auto&) { promise.set_value(); }));
        promise.get_future().get();
    }

    // Maintenance is busy with something else until `hold` lets it go.
    void hold_maintenance(Hold& hold) {
        Work work;
        work.run = [](WorkContext&) { return Answer{protocol::EncodedReply::of_text("{}")}; };
        work.reply = hold.reply();
        ASSERT_TRUE(maintenance().post(work));
        hold.wait_until_holding();
    }

    std::vector<jobs::JobRun> history(const std::string& job) {
        return succeeded(ask(jobs::History{job, {}})).runs;
    }
    int runs_of(const std::string& job) { return static_cast<int>(history(job).size()); }

    Scheduler::Options options{.jobs = {}, .rules = {}, .quiet_rate = 50, .jitter = {}};
    // Backups of which was told; maintenance's, between two runs of jobs anybody's.
    std::vector<std::string> taken;
    std::vector<std::string> deleted;
    std::atomic<std::int64_t> requests{0};
    std::atomic<double> random{0};
    const TimeZone zone{"UTC"};
    BackupList backups{shared().backups};

private:
    std::optional<Maintenance> maintenance_;
    std::optional<Scheduler> scheduler_;
    std::optional<jobs::JobRun> last_check_;  // of the daemons before this one
};

// The result of a run as figures.
template <class Job>
typename Job::Reply result_of(const jobs::JobRun& run) {
    if (run.state != jobs::State::succeeded) {
        throw std::runtime_error(run.job + " has not succeeded: " + run.reason.value_or("?"));
    }
    return *protocol::decode_text<typename Job::Reply>(run.result.value().json);
}

}  // namespace catalogd::actors

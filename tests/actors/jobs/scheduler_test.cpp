// What begins by itself and when, in the words of whoever looks at the history afterwards.
#include "tests/actors/jobs/scheduler_fixture.h"

namespace catalogd::actors {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using SchedulerTest = SchedulerFixture;

// By the wall clock; of those that have a schedule.
std::map<std::string, std::int64_t> next_runs(const jobs::List::Reply& list) {
    std::map<std::string, std::int64_t> next;
    for (const jobs::Job& job : list.jobs) {
        if (job.next_run) {
            next[job.name] = job.next_run->milliseconds;
        }
    }
    return next;
}

TEST_F(SchedulerTest, ChecksTheCatalogAtTheStart) {
    scheduler();
    for (const char* const job : {"foreign-key-check", "integrity-check"}) {
        const auto runs = history(job);
        ASSERT_EQ(runs.size(), 1U) << job;
        EXPECT_EQ(runs[0].trigger, "startup");
        EXPECT_EQ(runs[0].state, jobs::State::succeeded);
    }
}

TEST_F(SchedulerTest, BeginsWhatIsDueAndNotesHowItEnded) {
    options.jobs["cleanup"].usual = every(hours(6));
    look();
    EXPECT_THAT(history("cleanup"), IsEmpty());
    pass(hours(6));
    const auto runs = history("cleanup");
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].trigger, "schedule");
    EXPECT_EQ(runs[0].state, jobs::State::succeeded);
    EXPECT_THAT(runs[0].result->json, HasSubstr("\"requests\":0"));
    EXPECT_EQ(runs[0].started_at.milliseconds, clock.wall());
}

TEST_F(SchedulerTest, BeginsOnceHoweverOftenTheTimeHasPassed) {
    options.jobs["cleanup"].usual = every(hours(6));
    options.jobs["optimize"].usual = daily(4);
    scheduler();
    clock.sleep(hours(24 * 30));
    look();
    pass(minutes(1));
    EXPECT_EQ(runs_of("cleanup"), 1);
    EXPECT_EQ(runs_of("optimize"), 1);
}

TEST_F(SchedulerTest, BeginsNothingTwiceWhereTheWallClockJumps) {
    options.jobs["cleanup"].usual = every(hours(6));
    options.jobs["optimize"].usual = daily(4);
    scheduler();
    const auto pass_hourly = [&](int count) {
        for (int hour = 0; hour < count; ++hour) {
            pass(hours(1));
        }
    };
    pass_hourly(12);
    for (const int days : {1, -1, 400, -400}) {
        clock.jump_wall(hours(24 * days));
        look();
    }
    EXPECT_EQ(runs_of("cleanup"), 2);
    EXPECT_EQ(runs_of("optimize"), 1);
    pass_hourly(24);
    EXPECT_EQ(runs_of("cleanup"), 6);
    EXPECT_EQ(runs_of("optimize"), 2);
}

TEST_F(SchedulerTest, TellsWhatIsNextWithoutBeingAsked) {
    options.jobs["cleanup"].usual = every(hours(6));
    options.jobs["optimize"].usual = daily(4);
    scheduler();
    for (int hour = 0; hour < 8; ++hour) {
        pass(hours(1));
        EXPECT_EQ(next_runs(scheduler().latest()), next_runs(list()));
    }
    EXPECT_GT(next_runs(scheduler().latest()).at("optimize"), clock.wall());
}

TEST_F(SchedulerTest, RunsOneAtATimeInTheTablesOrder) {
    options.jobs["cleanup"].usual = every(hours(1));
    options.jobs["checkpoint"].usual = every(hours(1));
    scheduler();
    Hold hold;
    hold_maintenance(hold);
    clock.pass_on_all(hours(1));
    scheduler().wake();
    await([&] { return listed("checkpoint").last_run.has_value(); });
    EXPECT_EQ(listed("cleanup").last_run, std::nullopt) << "it waits";
    hold.release();
    await([&] { return ended("cleanup").has_value(); });
    EXPECT_LT(ended("checkpoint")->id, ended("cleanup")->id);
}

TEST_F(SchedulerTest, WaitsForTheWindow) {
    options.jobs["optimize"].usual = daily(12, Window{60, 300});
    scheduler();  // at 22:13
    pass(hours(14));
    EXPECT_EQ(runs_of("optimize"), 0) << "it is past noon, and the window is closed";
    pass(hours(13));
    EXPECT_EQ(runs_of("optimize"), 1) << "it is past one";
}

TEST_F(SchedulerTest, WaitsForTheQuietAndBeginsLateInTheWindowWithoutIt) {
    options.jobs["optimize"].usual = daily(1, Window{60, 300});
    scheduler();
    const auto busily = [&](minutes time) {
        for (int i = 0; i < 2; ++i) {
            requests += 1'000'000;
            clock.pass_on_all(time / 2);
            look();
        }
    };
    busily(hours(3));
    EXPECT_EQ(runs_of("optimize"), 0) << "it is one, and many requests come";
    busily(hours(2));
    EXPECT_EQ(runs_of("optimize"), 0) << "three";
    busily(hours(1));
    EXPECT_EQ(runs_of("optimize"), 1) << "four, which is late";
}

TEST_F(SchedulerTest, PutsOffWhatShouldNotRunInABusyWindow) {
    options.jobs["vacuum"].full = daily(1, Window{60, 300});
    scheduler();
    for (int hour = 0; hour < 8; ++hour) {
        requests += 10'000'000;
        clock.pass_on_all(hours(1));
        look();
    }
    const auto runs = history("vacuum");
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].state, jobs::State::postponed);
    EXPECT_THAT(*runs[0].reason, HasSubstr("window"));
    clock.pass_on_all(hours(20));
    look();
    ASSERT_EQ(runs_of("vacuum"), 2);
    EXPECT_EQ(history("vacuum")[0].state, jobs::State::succeeded) << "the night after is quiet";
}

TEST_F(SchedulerTest, BeginsNothingWhileTheServerHoldsMaintenance) {
    options.jobs["cleanup"].usual = every(hours(1));
    hold(7'200);
    EXPECT_EQ(list().held_for, "a backup");
    pass(minutes(90));
    EXPECT_EQ(runs_of("cleanup"), 0);
    release();
    settle();
    EXPECT_EQ(runs_of("cleanup"), 1);
}

TEST_F(SchedulerTest, HoldsMaintenanceNoLongerThanItWasAsked) {
    options.jobs["cleanup"].usual = every(hours(1));
    hold(3'600);
    EXPECT_EQ(scheduler().figures().held_until, clock.wall() + 3'600'000);
    pass(hours(1));
    EXPECT_EQ(runs_of("cleanup"), 1);
    EXPECT_EQ(list().held_until, std::nullopt);
}

TEST_F(SchedulerTest, EndsWhatHasBegunByItselfForAHoldAndBeginsItAgain) {
    options.jobs["cleanup"].usual = every(hours(1));
    scheduler();
    Hold maintenance_held;
    hold_maintenance(maintenance_held);
    clock.pass_on_all(hours(1));
    scheduler().wake();
    await([&] { return listed("cleanup").last_run.has_value(); });
    hold(60);
    maintenance_held.release();
    settle();
    EXPECT_EQ(ended("cleanup")->state, jobs::State::postponed);
    pass(minutes(1));
    EXPECT_EQ(runs_of("cleanup"), 2);
    EXPECT_EQ(ended("cleanup")->state, jobs::State::succeeded);
}

TEST_F(SchedulerTest, DelaysWhatIsDueByUpToItsJitter) {
    options.jobs["cleanup"].usual = every(hours(1));
    options.jitter = minutes(10);
    random = 0.5;
    scheduler();
    pass(hours(1));
    EXPECT_EQ(runs_of("cleanup"), 0);
    pass(minutes(5));
    EXPECT_EQ(runs_of("cleanup"), 1);
}

TEST_F(SchedulerTest, GoesOnAcrossARestart) {
    options.jobs["cleanup"].usual = every(hours(6));
    pass(hours(6));
    ASSERT_EQ(runs_of("cleanup"), 1);
    pass(hours(4));
    restart();
    look();
    EXPECT_EQ(runs_of("cleanup"), 1);
    EXPECT_EQ(listed("cleanup").runs, 1);
    pass(hours(2));
    EXPECT_EQ(runs_of("cleanup"), 2);
}

TEST_F(SchedulerTest, BeginsAfterARestartWhatWasDueMeanwhile) {
    options.jobs["cleanup"].usual = every(hours(6));
    pass(hours(6));
    stop_all();
    reopen();
    clock.pass_on_all(hours(24 * 30));
    scheduler();
    look();
    EXPECT_EQ(runs_of("cleanup"), 2);
}

TEST_F(SchedulerTest, AStartDoesNotWaitForItsChecks) {
    Hold checks;
    hold_maintenance(checks);
    start_scheduler();
    await([&] { return listed("foreign-key-check").last_run.has_value(); });
    EXPECT_EQ(listed("foreign-key-check").last_run->state, jobs::State::running);
    EXPECT_EQ(succeeded(ask(whole::GetStatistics{})).statistics.clients, 0) << "calls are answered";
    checks.release();
    await([&] { return ended("integrity-check").has_value(); });
    EXPECT_EQ(ended("integrity-check")->trigger, "startup");
}

TEST_F(SchedulerTest, EndsRunsThatADaemonHasLeftUnfinished) {
    const auto left = std::make_shared<catalog::job_runs::Run>();
    left->job = "backup";
    left->trigger = "schedule";
    left->state = "running";
    WriterMail mail;
    mail.message = NoteRun{left};
    mail.deadline = {clock.now(), Moment::max()};
    std::promise<void> noted;
    mail.reply = [&](const Outcome&) { noted.set_value(); };
    ASSERT_TRUE(writer().post(mail));
    noted.get_future().get();
    scheduler();
    const auto runs = history("backup");
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].state, jobs::State::failed);
    EXPECT_THAT(*runs[0].reason, HasSubstr("daemon ended"));
}

TEST_F(SchedulerTest, FollowsItsOptionsAtOnce) {
    scheduler();
    pass(hours(24));
    EXPECT_EQ(runs_of("cleanup"), 0);
    options.jobs["cleanup"].usual = every(hours(1));
    scheduler().configure(options);
    look();
    EXPECT_EQ(runs_of("cleanup"), 1);
    EXPECT_EQ(listed("cleanup").schedule, "every 1h");
    EXPECT_TRUE(listed("cleanup").enabled);
    EXPECT_FALSE(listed("backup").enabled);
}

}  // namespace
}  // namespace catalogd::actors

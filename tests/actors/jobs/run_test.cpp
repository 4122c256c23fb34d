// Runs that somebody asks for.
#include "tests/actors/jobs/scheduler_fixture.h"

namespace catalogd::actors {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class RunTest : public SchedulerFixture {};

TEST_F(RunTest, BeginsAtOnceAndTellsWhatCameOfIt) {
    Running running = begin("checkpoint");
    const auto begun = succeeded(running.begun.get());
    EXPECT_EQ(begun.run.state, jobs::State::running);
    EXPECT_EQ(begun.run.trigger, "request");
    const auto ended = running.ended.get().run;
    EXPECT_EQ(ended.id, begun.run.id);
    EXPECT_EQ(ended.state, jobs::State::succeeded);
    EXPECT_TRUE(ended.ended_at);
}

TEST_F(RunTest, OfAnUnknownJobIsRefused) {
    EXPECT_TRUE(ends_in<errors::UnknownJob>(begin("sweep").begun.get()));
    EXPECT_THAT(succeeded(ask(jobs::History{})).runs, testing::SizeIs(2)) << "those of the start";
}

TEST_F(RunTest, WithOtherParametersIsRefusedAndNothingIsNoted) {
    for (const auto& [job, parameters] :
         std::initializer_list<std::pair<const char*, const char*>>{{"vacuum", R"({"full":1})"},
                                                                    {"vacuum", R"({"fulll":true})"},
                                                                    {"cleanup", R"({"full":true})"},
                                                                    {"backup", R"({"name":7})"}}) {
        EXPECT_TRUE(ends_in<errors::InvalidParameter>(begin(job, parameters).begun.get())) << job;
    }
    const auto refused = begin("backup", R"({"name":"../x"})").begun.get();
    ASSERT_TRUE(ends_in<errors::InvalidValue>(refused));
    EXPECT_EQ(std::get<errors::InvalidValue>(refused.error()).parameter, "parameters.name");
    EXPECT_THAT(history("vacuum"), IsEmpty());
}

TEST_F(RunTest, OfAJobThatRunsAlreadyIsRefusedWithThatRun) {
    scheduler();
    Hold hold;
    hold_maintenance(hold);
    Running first = begin("optimize");
    const auto run = succeeded(first.begun.get()).run;
    const auto second = begin("optimize").begun.get();
    ASSERT_TRUE(ends_in<errors::AlreadyRunning>(second));
    EXPECT_EQ(std::get<errors::AlreadyRunning>(second.error()).run.id, run.id);
    hold.release();
    first.ended.get();
}

TEST_F(RunTest, CanBeCancelled) {
    scheduler();
    Hold hold;
    hold_maintenance(hold);
    Running running = begin("integrity-check", R"({"full":true})");
    const auto id = succeeded(running.begun.get()).run.id;
    std::promise<protocol::Result<jobs::Cancel::Reply>> cancelled;
    ASSERT_TRUE(scheduler().cancel(id, [&](const auto& reply) { cancelled.set_value(reply); }));
    list();  // by then it has been told
    hold.release();
    EXPECT_EQ(succeeded(cancelled.get_future().get()).run.state, jobs::State::cancelled);
    EXPECT_EQ(running.ended.get().run.state, jobs::State::cancelled);
    EXPECT_EQ(history("integrity-check")[0].state, jobs::State::cancelled);
}

TEST_F(RunTest, ThatIsNotUnderWayCannotBeCancelled) {
    EXPECT_TRUE(ends_in<errors::InvalidValue>(cancel(77)));
    const auto run = this->run("optimize");
    EXPECT_TRUE(ends_in<errors::InvalidValue>(cancel(run.id)));
}

TEST_F(RunTest, DoesNotWaitForAHold) {
    hold(3'600);
    EXPECT_EQ(run("optimize").state, jobs::State::succeeded);
}

TEST_F(RunTest, DoesNotPutOffWhatIsDueByItself) {
    options.jobs["optimize"].usual = every(std::chrono::hours(6));
    scheduler();
    pass(std::chrono::hours(5));
    run("optimize");
    pass(std::chrono::hours(1));
    EXPECT_EQ(runs_of("optimize"), 2);
}

TEST_F(RunTest, ThatFailsSaysWhy) {
    const auto failed = run("backup-proof", R"({"backup":"none"})");
    EXPECT_EQ(failed.state, jobs::State::failed);
    EXPECT_THAT(*failed.reason, HasSubstr("UnknownBackup"));
    EXPECT_EQ(listed("backup-proof").failures, 1);
}

TEST_F(RunTest, IsInTheHistoryNewestFirst) {
    run("optimize");
    run("checkpoint");
    run("optimize");
    const auto all = succeeded(ask(jobs::History{{}, protocol::Limit{3}})).runs;
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].job, "optimize");
    EXPECT_EQ(all[1].job, "checkpoint");
    EXPECT_GT(all[0].id, all[1].id);
    EXPECT_EQ(runs_of("optimize"), 2);
    EXPECT_TRUE(ends_in<errors::UnknownJob>(ask(jobs::History{"sweep", {}})));
}

TEST_F(RunTest, IsCancelledWhereTheDaemonStops) {
    scheduler();
    Hold hold;
    hold_maintenance(hold);
    ASSERT_TRUE(begin("optimize").begun.get());
    maintenance().cancel();
    hold.release();
    restart();
    EXPECT_EQ(history("optimize")[0].state, jobs::State::cancelled);
}

TEST_F(RunTest, IsAFigureOfTheScheduler) {
    run("optimize");
    const auto figures = scheduler().figures();
    EXPECT_EQ(figures.find("optimize")->last->state, jobs::State::succeeded);
    EXPECT_FALSE(figures.find("optimize")->running);
    EXPECT_EQ(figures.find("nothing"), nullptr);
    EXPECT_EQ(figures.last_proven, std::nullopt);
}

}  // namespace
}  // namespace catalogd::actors

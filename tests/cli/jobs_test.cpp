#include "cli/jobs.h"

#include "protocol/jobs.h"
#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

namespace errors = protocol::errors;
namespace jobs = protocol::jobs;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class JobsTest : public CommandTest {
protected:
    static jobs::JobRun run_of(const std::string& job, jobs::State state) {
        jobs::JobRun run;
        run.id = 7;
        run.job = job;
        run.trigger = "request";
        run.started_at = *protocol::parse_time("2025-01-10T12:00:00Z");
        run.state = state;
        if (state != jobs::State::running) {
            run.ended_at = protocol::Time{run.started_at.milliseconds + 1'500};
        }
        return run;
    }
    void serve_run(const jobs::JobRun& end) {
        const auto begun = run_of(end.job, jobs::State::running);
        const std::string frames = reply_frame(jobs::Run::Reply{begun, {}, {}}, true) +
                                   reply_frame(jobs::Run::Reply{begun, 0.5, {}}, true) +
                                   reply_frame(jobs::Run::Reply{end, {}, {}});
        daemon_.on(std::string(jobs::Run::method), [frames](const auto&, int) { return frames; });
    }
};

TEST_F(JobsTest, AreListedWithTheirTimes) {
    jobs::Job job;
    job.name = "vacuum";
    job.schedule = "every 6h";
    job.full_schedule = "weekly sun 03:00";
    job.full_window = "01:00-05:00";
    job.next_run = *protocol::parse_time("2025-01-10T18:00:00Z");
    job.last_run = run_of("vacuum", jobs::State::succeeded);
    job.runs = 12;
    daemon_.on<jobs::List>({{job}, {}, {}});
    EXPECT_EQ(run({"jobs", "list"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("vacuum  2025-01-10 18:00:00Z  2025-01-10 12:00:00Z"));
    EXPECT_THAT(out_.str(), HasSubstr("every 6h; full weekly sun 03:00 in 01:00-05:00"));
}

TEST_F(JobsTest, RunToTheirEndWithABarOnATerminalAlone) {
    auto end = run_of("vacuum", jobs::State::succeeded);
    end.result = protocol::Object{R"({"bytesFreed":4096})"};
    serve_run(end);
    EXPECT_EQ(run({"jobs", "run", "vacuum"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "vacuum: run 7 succeeded in 1.5 s: {\"bytesFreed\":4096}\n");
    EXPECT_THAT(err_.str(), IsEmpty());
    terminal_.err = true;
    EXPECT_EQ(run({"jobs", "run", "vacuum"}), ExitCode::ok);
    EXPECT_THAT(err_.str(), HasSubstr(" 50%  vacuum"));
    EXPECT_THAT(err_.str(), HasSubstr("jobs cancel 7"));
}

TEST_F(JobsTest, ThatFailSaySoWithTheirExitCode) {
    auto end = run_of("backup", jobs::State::failed);
    end.reason = "NotFeasible: the disk is too small";
    serve_run(end);
    EXPECT_EQ(run({"jobs", "run", "backup"}), ExitCode::failed);
    EXPECT_THAT(out_.str(), HasSubstr("failed in 1.5 s: NotFeasible: the disk"));
}

TEST_F(JobsTest, AreGivenTheirParameters) {
    serve_run(run_of("vacuum", jobs::State::succeeded));
    run({"jobs", "run", "vacuum", "--full"});
    run({"jobs", "run", "backup", R"({"name":"one"})"});
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr(R"("parameters":{"full":true})"),
                                             HasSubstr(R"("parameters":{"name":"one"})")));
    EXPECT_EQ(run({"jobs", "run", "backup", "name"}), ExitCode::usage);
}

TEST_F(JobsTest, AreNotWaitedForOnDemand) {
    daemon_.on<jobs::Run>({run_of("backup", jobs::State::running), {}, {}});
    EXPECT_EQ(run({"jobs", "run", "backup", "--no-wait"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "backup: run 7 running\n");
}

TEST_F(JobsTest, AreCancelledByTheirRun) {
    daemon_.on<jobs::Cancel>({run_of("backup", jobs::State::cancelled)});
    EXPECT_EQ(run({"jobs", "cancel", "7"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("run 7 cancelled"));
}

TEST_F(JobsTest, HaveAHistory) {
    daemon_.on<jobs::History>({{run_of("backup", jobs::State::succeeded)}});
    EXPECT_EQ(run({"jobs", "history", "--job", "backup", "--limit", "3"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("7  backup  2025-01-10 12:00:00Z  1.5 s  request"));
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr(R"("job":"backup","limit":3)")));
    EXPECT_EQ(run({"jobs", "history", "--json"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr(R"({"id":7,"job":"backup")"));
}

TEST_F(JobsTest, AreForecast) {
    daemon_.on<jobs::Forecast>({12.5, 1 << 20, 3 << 20, false, "too little disk"});
    EXPECT_EQ(run({"jobs", "forecast", "vacuum"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("about 12.5 s"));
    EXPECT_THAT(out_.str(), HasSubstr("1.0 MiB"));
    EXPECT_THAT(out_.str(), HasSubstr("no: too little disk"));
}

TEST_F(JobsTest, AreHeldAndReleased) {
    daemon_.on<jobs::Hold>({*protocol::parse_time("2025-01-10T12:00:00Z")});
    daemon_.on<jobs::Release>({});
    EXPECT_EQ(run({"jobs", "hold", "a restore", "--seconds", "60"}), ExitCode::ok);
    EXPECT_EQ(run({"jobs", "release"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "Maintenance is held until 2025-01-10 12:00:00Z\nMaintenance goes on\n");
    EXPECT_THAT(daemon_.calls()[0], HasSubstr(R"("reason":"a restore","seconds":60)"));
}

TEST_F(JobsTest, ThatAreUnknownOrRunningAreToldApart) {
    daemon_.on_error<jobs::Run>(errors::UnknownJob{"sweep"});
    EXPECT_EQ(run({"jobs", "run", "sweep"}), ExitCode::not_found);
    EXPECT_EQ(err_.str(), "catalogctl: there is no job 'sweep'\n");
    daemon_.on_error<jobs::Run>(errors::AlreadyRunning{run_of("backup", jobs::State::running)});
    EXPECT_EQ(run({"jobs", "run", "backup"}), ExitCode::again);
}

TEST_F(JobsTest, NeverWriteToTheTerminalWhatTheDaemonSaysRaw) {
    auto end = run_of("backup", jobs::State::failed);
    end.reason = "a\033]0;b\007";
    serve_run(end);
    run({"jobs", "run", "backup"});
    EXPECT_THAT(out_.str(), Not(HasSubstr("\033")));
}

}  // namespace
}  // namespace catalogd::cli

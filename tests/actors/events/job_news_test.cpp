// What becomes of jobs, as events.
#include "actors/events/job_news.h"

#include <boost/json/parse.hpp>

#include "tests/actors/actors_fixture.h"

namespace catalogd::actors::events {
namespace {

namespace jobs = protocol::jobs;
using testing::ElementsAre;
using testing::IsEmpty;

class JobNewsTest : public testing::Test {
protected:
    JobNewsTest() { subscription_->next(); }

    std::vector<std::string> told(const jobs::JobRun& run, std::optional<double> progress = {}) {
        news_.tell(run, progress);
        std::vector<std::string> types;
        while (const auto event = subscription_->next()) {
            types.emplace_back(event->type.substr(std::string_view("io.catalogd.").size()));
            last_ = boost::json::parse(event->json).as_object();
        }
        return types;
    }
    static jobs::JobRun run(const std::string& job, jobs::State state,
                            const std::string& result = "") {
        jobs::JobRun made{7, job, "schedule", {1'000}, {}, state, {}, {}};
        if (state != jobs::State::running) {
            made.ended_at = protocol::Time{3'500};
        }
        if (!result.empty()) {
            made.result = protocol::Object{result};
        }
        return made;
    }

    ManualClock clock_;
    Hub hub_{clock_, "e"};
    std::unique_ptr<Subscription> subscription_ = hub_.subscribe({}, {}, [] {});
    JobNews news_{hub_, clock_};
    boost::json::object last_;
};

TEST_F(JobNewsTest, TellThatARunBeginsAndHowItEnds) {
    EXPECT_THAT(told(run("vacuum", jobs::State::running)), ElementsAre("job.started"));
    EXPECT_EQ(last_.at("subject"), "vacuum");
    auto failed = run("vacuum", jobs::State::failed);
    failed.reason = "the disk is full";
    EXPECT_THAT(told(failed), ElementsAre("job.finished"));
    EXPECT_EQ(last_.at("data").at("state"), "failed");
    EXPECT_EQ(last_.at("data").at("seconds"), 2.5);
    EXPECT_EQ(last_.at("data").at("reason"), "the disk is full");
}

TEST_F(JobNewsTest, TellOfProgressTwiceASecondAtMost) {
    const auto going = run("vacuum", jobs::State::running);
    EXPECT_THAT(told(going, 0.1), ElementsAre("job.progress"));
    EXPECT_THAT(told(going, 0.2), IsEmpty());
    clock_.pass(std::chrono::milliseconds(500));
    EXPECT_THAT(told(going, 0.3), ElementsAre("job.progress"));
    EXPECT_EQ(last_.at("data").at("progress"), 0.3);
}

}  // namespace
}  // namespace catalogd::actors::events

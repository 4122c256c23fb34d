#include "actors/jobs/life.h"

#include <gtest/gtest.h>

#include <set>

namespace catalogd::actors {
namespace {

constexpr std::array states{JobState::resting, JobState::due,      JobState::beginning,
                            JobState::running, JobState::stopping, JobState::ending};

std::set<JobState> reached_from(JobState state) {
    std::set<JobState> reached{state};
    for (std::size_t before = 0; before != reached.size();) {
        before = reached.size();
        for (const JobStep& step : job_life) {
            if (reached.contains(step.from)) {
                reached.insert(step.to);
            }
        }
    }
    return reached;
}

TEST(JobLife, HasNoTwoStepsOfOneEvent) {
    std::set<std::pair<JobState, JobEvent>> seen;
    for (const JobStep& step : job_life) {
        EXPECT_TRUE(seen.insert({step.from, step.event}).second);
        EXPECT_EQ(after(step.from, step.event), step.to);
    }
}

TEST(JobLife, LeadsFromEachStateToEachOther) {
    for (const JobState state : states) {
        EXPECT_EQ(reached_from(state).size(), states.size());
    }
}

TEST(JobLife, NotesEachRunBeforeItBeginsAndAfterItHasEnded) {
    for (const JobStep& step : job_life) {
        if (step.to == JobState::running) {
            EXPECT_EQ(step.event, JobEvent::noted);
        }
        if (step.to == JobState::resting && has_run(step.from)) {
            EXPECT_TRUE(step.event == JobEvent::kept || step.event == JobEvent::not_noted);
        }
    }
}

TEST(JobLife, HasNoStepForWhatCannotHappen) {
    EXPECT_EQ(after(JobState::running, JobEvent::asked), std::nullopt);
    EXPECT_EQ(after(JobState::running, JobEvent::time_came), std::nullopt);
    EXPECT_EQ(after(JobState::resting, JobEvent::ended), std::nullopt);
}

}  // namespace
}  // namespace catalogd::actors

#include "catalog/job_runs.h"

#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class JobRunsTest : public CatalogFixture {
protected:
    static job_runs::Run run(const std::string& job, bool full = false) {
        job_runs::Run run;
        run.job = job;
        run.full = full;
        run.trigger = "schedule";
        run.started = 1'000;
        run.state = "running";
        return run;
    }
    job_runs::Run add(job_runs::Run run) {
        run.id =
            commit([&](WriteTransaction& transaction) { return job_runs::add(transaction, run); });
        return run;
    }
    job_runs::Run finish(job_runs::Run run) {
        run.ended = 2'000;
        run.state = "succeeded";
        run.result = "{}";
        commit([&](WriteTransaction& transaction) { job_runs::finish(transaction, run); });
        return run;
    }
    std::int64_t remove_oldest(std::int64_t kept, std::int64_t most) {
        return commit([&](WriteTransaction& transaction) {
            return job_runs::remove_oldest(transaction, "backup", false, kept, most);
        });
    }
};

TEST_F(JobRunsTest, AreNoneInANewCatalog) {
    EXPECT_THAT(job_runs::list(writer(), 10), IsEmpty());
    EXPECT_EQ(job_runs::newest_but(writer(), "backup", false, "request"), std::nullopt);
    EXPECT_EQ(job_runs::count(writer(), "backup").runs, 0);
}

TEST_F(JobRunsTest, AreThereAfterACrashAsTheyWereNoted) {
    const auto ended = finish(add(run("backup")));
    const auto begun = add(run("vacuum", true));
    crash();
    reopen();
    EXPECT_THAT(job_runs::list(writer(), 10), ElementsAre(begun, ended));
}

TEST_F(JobRunsTest, AreListedNewestFirstOfAllOrOfOneJobsBothKinds) {
    const auto one = add(run("vacuum"));
    const auto two = add(run("backup"));
    const auto three = add(run("vacuum", true));
    const auto four = add(run("vacuum"));
    EXPECT_THAT(job_runs::list(writer(), 2), ElementsAre(four, three));
    EXPECT_THAT(job_runs::list(writer(), "vacuum", 10), ElementsAre(four, three, one));
    EXPECT_THAT(job_runs::list(writer(), "vacuum", 2), ElementsAre(four, three));
    EXPECT_THAT(job_runs::list(writer(), "backup", 2), ElementsAre(two));
}

TEST_F(JobRunsTest, AreCountedOnceTheyHaveEnded) {
    finish(add(run("backup")));
    auto failed = run("backup");
    failed.state = "failed";
    failed.ended = 5;
    add(failed);
    add(run("backup"));
    EXPECT_EQ(job_runs::count(writer(), "backup").runs, 2);
    EXPECT_EQ(job_runs::count(writer(), "backup").failures, 1);
}

TEST_F(JobRunsTest, OfEachKindTellWhenTheNewestBegan) {
    auto asked = run("vacuum");
    asked.trigger = "request";
    asked.started = 3'000;
    add(run("vacuum"));
    add(asked);
    EXPECT_EQ(job_runs::newest_but(writer(), "vacuum", false, "request"), 1'000);
    EXPECT_EQ(job_runs::newest_but(writer(), "vacuum", true, "request"), std::nullopt);
    EXPECT_EQ(job_runs::newest_ended(writer(), "vacuum", false), std::nullopt);
}

TEST_F(JobRunsTest, GoOldestFirstBeyondThoseThatAreKept) {
    for (int i = 0; i < 10; ++i) {
        add(run("backup"));
    }
    add(run("backup", true));
    EXPECT_EQ(remove_oldest(3, 4), 4);
    EXPECT_EQ(remove_oldest(3, 4), 3);
    EXPECT_EQ(remove_oldest(3, 4), 0);
    EXPECT_EQ(job_runs::list(writer(), 20).size(), 4U) << "three, and the one of the other kind";
}

TEST_F(JobRunsTest, ThatACatalogDoesNotKnowAreAddedWhenTheyEnd) {
    auto unknown = run("restore");
    unknown.id = 77;
    finish(unknown);
    const auto runs = job_runs::list(writer(), 10);
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].job, "restore");
    EXPECT_EQ(runs[0].ended, 2'000);
}

TEST_F(JobRunsTest, ThatWereLeftUnfinishedEndTogether) {
    add(run("backup"));
    const auto ended = finish(add(run("vacuum")));
    EXPECT_EQ(commit([](WriteTransaction& transaction) {
                  return job_runs::finish_all(transaction, "failed", "why");
              }),
              1);
    EXPECT_EQ(job_runs::list(writer(), "backup", 1)[0].reason, "why");
    EXPECT_THAT(job_runs::list(writer(), "vacuum", 1), ElementsAre(ended));
}

}  // namespace
}  // namespace catalogd::catalog

#include "actors/jobs/findings.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace catalogd::actors {
namespace {

using health::Finding;
using health::Status;
using testing::HasSubstr;

constexpr std::int64_t wall = 1'700'000'000'000;

class Findings : public testing::Test {
protected:
    static jobs::JobRun run(jobs::State state, const std::string& result = "{}") {
        jobs::JobRun run;
        run.state = state;
        run.result = protocol::Object{result};
        return run;
    }
    void last(const char* job, const std::string& result) {
        figures.jobs.push_back({job, false, run(jobs::State::succeeded, result), {}});
    }
    void failed(const char* job, const std::string& reason) {
        figures.jobs.push_back({job, false, run(jobs::State::failed), {}});
        figures.jobs.back().last->reason = reason;
    }
    [[nodiscard]] std::optional<Finding> of(std::string_view check) const {
        const auto findings = findings_of(figures, wall);
        const auto found = std::ranges::find(findings, check, &Finding::check);
        return found != findings.end() ? std::optional(*found) : std::nullopt;
    }

    Scheduler::Figures figures;
};

TEST_F(Findings, AreNoneOfWhatHasNotRunYet) {
    for (const char* const check : {"integrity", "foreign-keys", "orphans", "backup"}) {
        EXPECT_FALSE(of(check)) << check;
    }
    EXPECT_EQ(of("jobs")->status, Status::pass);
}

TEST_F(Findings, PassWhereNothingWasFound) {
    last("integrity-check", R"({"full":false,"faults":[]})");
    last("foreign-key-check", R"({"violations":0,"first":[]})");
    last("orphan-check", R"({"orphans":3,"repaired":3})");
    for (const char* const check : {"integrity", "foreign-keys", "orphans", "jobs"}) {
        EXPECT_EQ(of(check)->status, Status::pass) << check;
    }
}

TEST_F(Findings, FailWithTableRowAndParentOfABrokenReference) {
    last("foreign-key-check",
         R"({"violations":12,"first":[{"table":"files","row":7,"parent":"clients"}]})");
    EXPECT_EQ(of("foreign-keys")->status, Status::fail);
    EXPECT_EQ(of("foreign-keys")->observed, 12);
    EXPECT_EQ(of("foreign-keys")->reason,
              "row 7 of table files refers to a row of clients that is not there, and 11 more");
}

TEST_F(Findings, OfAFullCheckStandUntilTheNextOne) {
    last("integrity-check", R"({"full":false,"faults":[]})");
    figures.jobs.back().last_full =
        run(jobs::State::succeeded, R"({"full":true,"faults":["row 3 missing from index x"]})");
    EXPECT_EQ(of("integrity")->status, Status::fail);
    EXPECT_EQ(of("integrity")->reason, "row 3 missing from index x");
}

TEST_F(Findings, WarnOfOrphansAndSayHowToRepairThem) {
    last("orphan-check", R"({"orphans":3,"repaired":0})");
    EXPECT_EQ(of("orphans")->status, Status::warn);
    EXPECT_THAT(of("orphans")->recommendation, HasSubstr("--repair"));
}

TEST_F(Findings, TellHowOldTheNewestProofIs) {
    figures.last_proven = wall - std::int64_t{3} * 3'600'000;
    EXPECT_EQ(of("backup")->status, Status::pass);
    EXPECT_EQ(of("backup")->observed, 3 * 3'600);
    figures.last_proven = wall - std::int64_t{8} * 24 * 3'600'000;
    EXPECT_EQ(of("backup")->status, Status::warn);
}

TEST_F(Findings, FailWhereABackupCannotBeProven) {
    failed("backup-proof", "BackupDamaged: its SHA-256 is another");
    EXPECT_EQ(of("backup")->status, Status::fail);
    EXPECT_THAT(of("backup")->reason, HasSubstr("SHA-256"));
}

TEST_F(Findings, NameTheJobsThatHaveFailed) {
    failed("backup", "NotFeasible: too little room");
    EXPECT_EQ(of("backup")->status, Status::warn);
    EXPECT_EQ(of("jobs")->status, Status::warn);
    EXPECT_EQ(of("jobs")->observed, 1);
    EXPECT_THAT(of("jobs")->reason, HasSubstr("backup has failed: NotFeasible"));
}

}  // namespace
}  // namespace catalogd::actors

#include "protocol/health.h"

#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
namespace health = protocol::health;

class HealthCommandTest : public CommandTest {
protected:
    void know(health::Status status) {
        health::Health about;
        about.status = status;
        about.score = 70;
        about.uptime_seconds = 4321;
        about.version = "1.2.3";
        about.database_bytes = 3 << 20;
        health::Check disk;
        disk.name = "disk-free";
        disk.status = status;
        disk.observed = 100 << 20;
        disk.unit = "bytes";
        disk.warn_at = 2LL << 30;
        disk.since = {1'700'000'000'000};
        disk.reason = "100.0 MiB are free";
        about.checks = {disk};
        about.recommendations = {"Free space there."};
        daemon_.on<health::Get>({about});
    }
};

TEST_F(HealthCommandTest, TellsTheVerdictFirstThenChecksFiguresAndWhatToDo) {
    know(health::Status::fail);
    run({"health"});
    EXPECT_THAT(out_.str(), StartsWith("fail, score 70 of 100; up 4,321 s\nCHECK "));
    EXPECT_THAT(out_.str(), HasSubstr("disk-free  fail    100.0 MiB   2.0 GiB"));
    EXPECT_THAT(out_.str(), HasSubstr("2023-11-14 22:13:20Z  100.0 MiB are free\n"));
    EXPECT_THAT(out_.str(), HasSubstr("Database  3.0 MiB"));
    EXPECT_THAT(out_.str(), HasSubstr("\n* Free space there.\n"));
}

TEST_F(HealthCommandTest, TellsTheVerdictByItsExitCode) {
    know(health::Status::pass);
    EXPECT_EQ(static_cast<int>(run({"health"})), 0);
    know(health::Status::warn);
    EXPECT_EQ(static_cast<int>(run({"health"})), 1);
    know(health::Status::fail);
    EXPECT_EQ(static_cast<int>(run({"health"})), 2);
}

TEST_F(HealthCommandTest, IsOneObjectForAProgramWithTheSameExitCode) {
    know(health::Status::warn);
    EXPECT_EQ(static_cast<int>(run({"health", "--json"})), 1);
    EXPECT_THAT(out_.str(), StartsWith(R"({"status":"warn","score":70,"checks":[{"name":"disk-)"));
    EXPECT_EQ(lines(), 1);
}

}  // namespace
}  // namespace catalogd::cli

#include "actors/jobs/growth.h"

#include <gtest/gtest.h>

namespace catalogd::actors {
namespace {

constexpr std::int64_t growth_hour = 3'600'000;

TEST(Growth, IsToldOnceSixHoursAreKnown) {
    EXPECT_EQ(growth_per_day({}), std::nullopt);
    EXPECT_EQ(growth_per_day({{0, 10}, {5 * growth_hour, 20}}), std::nullopt);
    EXPECT_EQ(growth_per_day({{0, 10}, {6 * growth_hour, 20}}), 40);
    EXPECT_EQ(growth_per_day({{0, 1'000}, {24 * growth_hour, 5'000}, {48 * growth_hour, 3'000}}),
              1'000);
    EXPECT_EQ(growth_per_day({{0, 1'000}, {24 * growth_hour, 500}}), -500);
}

TEST(Growth, IsReadFromWhatCleanupHasNoted) {
    protocol::jobs::JobRun run;
    run.job = "cleanup";
    run.started_at = {7};
    EXPECT_FALSE(size_noted(run));
    run.result = protocol::Object{
        R"({"requests":0,"samples":0,"auditEntries":0,"runs":0,"backups":[],"databaseBytes":4096})"};
    ASSERT_TRUE(size_noted(run));
    EXPECT_EQ(size_noted(run)->bytes, 4096);
    run.job = "vacuum";
    EXPECT_FALSE(size_noted(run));
}

}  // namespace
}  // namespace catalogd::actors

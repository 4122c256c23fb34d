// An import while it runs: progress, slices, refusals, and being told to stop.
#include <algorithm>

#include "tests/actors/import/import_fixture.h"

namespace catalogd::actors {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(ImportTest, OfManyFilesTellsProgressAndLeavesNothingElseBehind) {
    OldServer old = server();
    old.client(1, "laptop");
    for (int i = 0; i < 1'000; ++i) {
        old.file(1, "file" + std::to_string(i));
    }
    old.stop();
    std::vector<double> told;
    const auto tell = [&](double done) {
        told.push_back(done);
        clock.pass(std::chrono::seconds(1));
    };
    ASSERT_TRUE(attempt_import(false, tell));
    EXPECT_EQ(told.front(), 0);
    EXPECT_EQ(told.back(), 1);
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
    EXPECT_GT(told.size(), 10U);
    EXPECT_THAT(files_beside(), testing::Each(Not(HasSubstr("import"))));
    EXPECT_EQ(ask(whole::GetStatistics{})->statistics.files, 1'000);
}

TEST_F(ImportTest, WritesInSlicesBetweenWhichOthersAreServed) {
    OldServer old = server();
    old.client(1, "laptop");
    for (int i = 0; i < 1'000; ++i) {
        old.file(1, "file" + std::to_string(i));
    }
    old.stop();
    const auto commits = writer().figures().commits;
    import();
    EXPECT_EQ(writer().figures().commits - commits, 11) << "of one client, and ten of files";
}

TEST_F(ImportTest, RefusesADamagedFileAndChangesNothing) {
    catalog::write_file(path(), std::string(4096, 'x'));
    EXPECT_THAT(refusal(), HasSubstr("the file is not an SQLite database"));
    EXPECT_EQ(ask(whole::GetStatistics{})->statistics.clients, 0);
    EXPECT_THAT(files_beside(), testing::Each(Not(HasSubstr("import"))));
}

TEST_F(ImportTest, RefusesAPathThatItCannotRead) {
    const Outcome outcome = attempt_import();
    ASSERT_TRUE(ends_in<errors::InvalidValue>(outcome));
    EXPECT_EQ(std::get<errors::InvalidValue>(outcome.error()).parameter, "path");
}

TEST_F(ImportTest, EndsWhereTheDaemonStopsAndGoesOnTheNextTime) {
    OldServer old = server();
    old.client(1, "laptop");
    for (int i = 0; i < 1'000; ++i) {
        old.file(1, "file" + std::to_string(i));
    }
    old.stop();
    const auto stop_half_way = [&](double done) {
        clock.pass(std::chrono::seconds(1));
        if (done > 0.5) {
            maintenance().cancel();
        }
    };
    EXPECT_TRUE(ends_in<errors::Busy>(attempt_import(false, stop_half_way)));
    const auto half = ask(whole::GetStatistics{})->statistics.files;
    EXPECT_THAT(half, testing::AllOf(testing::Gt(100), testing::Lt(1'000)));
    EXPECT_THAT(files_beside(), testing::Each(Not(HasSubstr("import"))));
}

}  // namespace
}  // namespace catalogd::actors

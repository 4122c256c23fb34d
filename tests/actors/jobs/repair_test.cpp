// Damage that was planted while no daemon ran: found, told, and repaired where that was asked for.
#include "tests/actors/jobs/scheduler_fixture.h"

namespace catalogd::actors {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

class RepairTest : public SchedulerFixture {
protected:
    // Two clients with files, of which one is gone as no daemon would let it go.
    void plant_orphans() {
        save_files(new_client("kept"), 10);
        save_files(new_client("gone"), 1'200);
        stop_all();
        reopen();
        offline("DELETE FROM clients WHERE name = 'gone'");
        reopen();
    }
    void offline(const std::string& sql) {
        catalog::WriteConnection connection({database().path});
        connection.database().exec("PRAGMA foreign_keys = OFF; " + sql);
    }
    jobs::OrphanCheck::Reply check(const char* parameters = "{}") {
        return result_of<jobs::OrphanCheck>(run("orphan-check", parameters));
    }
    jobs::ForeignKeyCheck::Reply references() {
        return result_of<jobs::ForeignKeyCheck>(run("foreign-key-check"));
    }
    std::int64_t files() { return succeeded(ask(whole::GetStatistics{})).statistics.files; }
};

TEST_F(RepairTest, ASoundCatalogHasNothingToRepair) {
    save_files(new_client("laptop"), 10);
    EXPECT_EQ(check(R"({"repair":true})").orphans, 0);
    EXPECT_EQ(references().violations, 0);
    EXPECT_THAT(shared().backups.list(), IsEmpty());
}

TEST_F(RepairTest, BrokenReferencesAreToldAtTheStartWithTableRowAndParent) {
    plant_orphans();
    scheduler();
    const auto found = result_of<jobs::ForeignKeyCheck>(*ended("foreign-key-check"));
    EXPECT_EQ(found.violations, 1'201) << "its files, and its totals";
    EXPECT_THAT(found.first, Contains(Field(&jobs::Violation::table, "files")));
    EXPECT_EQ(found.first.back().parent, "clients");
    EXPECT_TRUE(found.first.back().row);
    EXPECT_TRUE(ask(clients::Get{{}, "kept"})) << "and service goes on";
}

TEST_F(RepairTest, OrphansAreCountedAndStayWhereNobodyAsked) {
    plant_orphans();
    const auto found = check();
    EXPECT_EQ(found.orphans, 1'200);
    EXPECT_EQ(found.repaired, 0);
    EXPECT_EQ(found.backup, std::nullopt);
    EXPECT_EQ(check().orphans, 1'200);
}

TEST_F(RepairTest, OrphansAreRemovedAfterABackupAndCountedExactly) {
    plant_orphans();
    const auto repaired = check(R"({"repair":true})");
    EXPECT_EQ(repaired.orphans, 1'200);
    EXPECT_EQ(repaired.repaired, 1'200);
    ASSERT_TRUE(repaired.backup);
    EXPECT_EQ(shared().backups.find(*repaired.backup).problem, "");
    EXPECT_EQ(check().orphans, 0);
    EXPECT_EQ(references().violations, 0);
    EXPECT_EQ(files(), 10);
    EXPECT_EQ(succeeded(ask(whole::GetStatistics{})).statistics.clients, 1);
}

TEST_F(RepairTest, OrphansAreRemovedByItselfWhereThatIsConfigured) {
    options.rules.repair_orphans = true;
    plant_orphans();
    EXPECT_EQ(check(R"({"repair":false})").repaired, 0) << "what a run asks for comes first";
    const auto repaired = check();
    EXPECT_EQ(repaired.repaired, 1'200);
    EXPECT_EQ(shared().backups.find(repaired.backup.value()).problem, "");
}

TEST_F(RepairTest, PathsOfOrphansAreGivenUp) {
    plant_orphans();
    check(R"({"repair":true})");
    protocol::files::ListRemovals list;
    list.limit = protocol::Limit{1'000};
    EXPECT_EQ(succeeded(ask(list)).removals.size(), 990U) << "ten of the first are another's too";
}

}  // namespace
}  // namespace catalogd::actors

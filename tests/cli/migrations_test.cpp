#include "protocol/admin.h"
#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace admin = protocol::admin;

class MigrationsCommand : public CommandTest {
protected:
    MigrationsCommand() {
        const auto at = *protocol::parse_time("2025-01-10T12:00:00Z");
        daemon_.on<admin::ListMigrations>({{{1, "0001_first", at, false, std::string(64, 'a')},
                                            {2, "0002_second", at, true, std::string(64, 'b')}},
                                           2});
        daemon_.on<admin::Rollback>({1, "/srv/catalog.db.schema-2-5"});
    }
};

TEST_F(MigrationsCommand, ListSaysWhichStepsCanBeTakenBack) {
    EXPECT_EQ(run({"migrations", "list"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("1  0001_first   2025-01-10 12:00:00Z  no "));
    EXPECT_THAT(out_.str(), HasSubstr("2  0002_second  2025-01-10 12:00:00Z  yes "));
}

TEST_F(MigrationsCommand, ListForAProgramIsOneObjectForEachStep) {
    EXPECT_EQ(run({"migrations", "list", "--json"}), ExitCode::ok);
    EXPECT_EQ(lines(), 2);
    EXPECT_THAT(out_.str(), HasSubstr(R"("name":"0002_second")"));
}

TEST_F(MigrationsCommand, RollbackSaysWhereTheCatalogIsKept) {
    EXPECT_EQ(run({"migrations", "rollback", "1", "--yes"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("schema 1 and the daemon stops"));
    EXPECT_THAT(out_.str(), HasSubstr("/srv/catalog.db.schema-2-5"));
    EXPECT_THAT(daemon_.calls(), ElementsAre("io.catalogd.Admin.Rollback {\"toVersion\":1} more"));
}

TEST_F(MigrationsCommand, RollbackDoesNothingUnasked) {
    EXPECT_EQ(run({"migrations", "rollback", "1"}), ExitCode::usage);
    terminal_.in = true;
    in_.str("n\n");
    EXPECT_EQ(run({"migrations", "rollback", "1"}), ExitCode::failed);
    EXPECT_THAT(daemon_.calls(), IsEmpty());
}

TEST_F(MigrationsCommand, RollbackTellsWhichStepCannotBeTakenBack) {
    daemon_.on_error<admin::Rollback>(protocol::errors::NotReversible{2, "0002_second"});
    EXPECT_EQ(run({"migrations", "rollback", "1", "-y"}), ExitCode::failed);
    EXPECT_THAT(err_.str(), HasSubstr("schema step 0002_second cannot be taken back"));
    EXPECT_EQ(run({"migrations", "rollback", "one", "-y"}), ExitCode::usage);
}

}  // namespace
}  // namespace catalogd::cli

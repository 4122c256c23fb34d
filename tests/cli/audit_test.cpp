#include "protocol/admin.h"
#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace admin = protocol::admin;

admin::AuditEntry entry(std::int64_t sequence, std::optional<std::string> subject) {
    return {sequence,
            *protocol::parse_time("2025-01-10T12:00:00Z"),
            1000,
            4711,
            "io.catalogd.Clients.Delete",
            std::move(subject),
            "ok",
            std::string(64, 'a')};
}

class AuditTest : public CommandTest {
protected:
    void know_entries() {
        daemon_.on<admin::ListAudit>({{entry(12, "client 01"), entry(11, {})}, {}});
    }
};

TEST_F(AuditTest, IsListedAsATable) {
    know_entries();
    EXPECT_EQ(run({"audit", "list"}), ExitCode::ok);
    EXPECT_EQ(out_.str(),
              "SEQUENCE  AT                    USER  PROCESS  OUTCOME  METHOD                      "
              "SUBJECT\n"
              "      12  2025-01-10 12:00:00Z  1000     4711  ok       io.catalogd.Clients.Delete  "
              "client 01\n"
              "      11  2025-01-10 12:00:00Z  1000     4711  ok       io.catalogd.Clients.Delete  "
              "-\n");
}

TEST_F(AuditTest, IsListedOneObjectPerLineForAProgram) {
    know_entries();
    EXPECT_EQ(run({"audit", "list", "--json"}), ExitCode::ok);
    EXPECT_EQ(lines(), 2);
    EXPECT_THAT(out_.str(), HasSubstr(R"({"sequence":12,"at":"2025-01-10T12:00:00.000Z")"));
}

TEST_F(AuditTest, IsListedAsCsvWithItsHashes) {
    know_entries();
    EXPECT_EQ(run({"audit", "list", "--csv"}), ExitCode::ok);
    EXPECT_THAT(out_.str(),
                testing::StartsWith("sequence,at,uid,pid,method,subject,outcome,hash\r\n12,"));
}

TEST_F(AuditTest, IsListedAsFarAsWanted) {
    know_entries();
    EXPECT_EQ(run({"audit", "list", "--limit", "1", "--no-legend"}), ExitCode::ok);
    EXPECT_EQ(lines(), 1);
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr(R"({"limit":1} more)")));
}

TEST_F(AuditTest, IsWhole) {
    daemon_.on<admin::VerifyAudit>({12345, {}});
    EXPECT_EQ(run({"audit", "verify"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "12,345 entries, each fits the one before it\n");
}

TEST_F(AuditTest, FailsWhereItIsBrokenAndNamesTheEntry) {
    daemon_.on<admin::VerifyAudit>({41, 42});
    EXPECT_EQ(run({"audit", "verify"}), ExitCode::failed);
    EXPECT_EQ(out_.str(), "");
    EXPECT_EQ(err_.str(), "catalogctl: the audit log is broken at entry 42, after 41 that fit\n");
}

TEST_F(AuditTest, TellsAProgramTheSame) {
    daemon_.on<admin::VerifyAudit>({41, 42});
    EXPECT_EQ(run({"audit", "verify", "--json"}), ExitCode::failed);
    EXPECT_EQ(out_.str(), "{\"entries\":41,\"broken\":42}\n");
}

}  // namespace
}  // namespace catalogd::cli

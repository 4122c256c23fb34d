// Jobs at the socket: who may run which, what is told meanwhile, and what the audit log keeps.
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

using testing::HasSubstr;

class Jobs : public testing::Test {
protected:
    static ServedOptions in_role(Role role) {
        ServedOptions options;
        options.role = role;
        return options;
    }
    Reply run(const std::string& job, const json::object& parameters = {}) {
        peer.send_call("io.catalogd.Jobs.Run", {{"job", job}, {"parameters", parameters}},
                       {{"more", true}});
        Reply reply = peer.receive();
        while (reply.continues) {
            reply = peer.receive();
        }
        return reply;
    }

    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
};

TEST_F(Jobs, AreListed) {
    const Reply reply = peer.call("io.catalogd.Jobs.List");
    EXPECT_EQ(reply.parameters.at("jobs").as_array().size(), 10U);
    EXPECT_THAT(reply, Has("/jobs/0/name", "backup"));
    EXPECT_THAT(reply, Has("/jobs/0/schedule", "never"));
}

TEST_F(Jobs, RunAndTellWhatCameOfIt) {
    EXPECT_THAT(run("optimize"), Has("/run/state", "succeeded"));
    const Reply proof = run("backup-proof", {{"backup", "none"}});
    EXPECT_THAT(proof, Has("/run/state", "failed"));
}

TEST_F(Jobs, AreAnsweredAtOnceWhereNobodyWantsMore) {
    catalog.hold_writer();
    peer.send_call("io.catalogd.Jobs.Run", {{"job", "checkpoint"}});
    catalog.release_actors();
    EXPECT_THAT(peer.receive(), Has("/run/state", "running"));
}

TEST_F(Jobs, TellOfTheirProgressToWhoWantsMore) {
    catalog.add_files(catalog.add_client("laptop"), 1'000);
    peer.send_call("io.catalogd.Jobs.Run", {{"job", "backup"}, {"parameters", {{"name", "one"}}}},
                   {{"more", true}});
    Reply reply = peer.receive();
    EXPECT_THAT(reply, Has("/run/state", "running"));
    double done = 0;
    for (; reply.continues; reply = peer.receive()) {
        if (const json::value* progress = reply.parameters.if_contains("progress")) {
            EXPECT_GE(progress->to_number<double>(), done);
            done = progress->to_number<double>();
        }
    }
    EXPECT_THAT(reply, Has("/run/state", "succeeded"));
    EXPECT_THAT(reply, Has("/run/result/backup", "one"));
    EXPECT_THAT(peer.call("io.catalogd.Admin.ListBackups"), Has("/backups/0/name", "one"));
}

TEST_F(Jobs, ThatAreUnknownOrWronglyAskedForAreErrors) {
    EXPECT_THAT(run("sweep"), IsError("io.catalogd.Jobs.UnknownJob"));
    const Reply wrong = run("vacuum", {{"full", "yes"}});
    EXPECT_THAT(wrong, IsError("org.varlink.service.InvalidParameter"));
    EXPECT_THAT(wrong, Has("/parameter", "parameters.full"));
    EXPECT_THAT(peer.call("io.catalogd.Jobs.Cancel", {{"id", 1}}),
                IsError("io.catalogd.InvalidValue"));
    EXPECT_THAT(peer.call("io.catalogd.Jobs.Forecast", {{"job", "sweep"}}),
                IsError("io.catalogd.Jobs.UnknownJob"));
}

TEST_F(Jobs, AreHeldForAWeekAtMost) {
    EXPECT_THAT(peer.call("io.catalogd.Jobs.Hold", {{"reason", "backup"}, {"seconds", 60}}),
                Has("/until", "2023-11-14T22:14:20.000Z"));
    EXPECT_THAT(peer.call("io.catalogd.Jobs.List"), Has("/heldFor", "backup"));
    EXPECT_THAT(peer.call("io.catalogd.Jobs.Release"), Succeeded());
    EXPECT_FALSE(peer.call("io.catalogd.Jobs.List").parameters.contains("heldFor"));
    for (const std::int64_t seconds : {std::int64_t{0}, std::int64_t{604'801}}) {
        EXPECT_THAT(peer.call("io.catalogd.Jobs.Hold", {{"reason", "x"}, {"seconds", seconds}}),
                    IsError("io.catalogd.InvalidValue"));
    }
}

TEST_F(Jobs, NeedTheRoleThatTheContractNamesForEach) {
    ServedCatalog writers(in_role(Role::write));
    VarlinkPeer writer = writers.connect();
    for (const char* const job : {"optimize", "checkpoint", "search-index", "foreign-key-check"}) {
        EXPECT_THAT(writer.call("io.catalogd.Jobs.Run", {{"job", job}}), Succeeded()) << job;
    }
    for (const char* const job : {"vacuum", "cleanup", "integrity-check", "orphan-check"}) {
        const Reply denied = writer.call("io.catalogd.Jobs.Run", {{"job", job}});
        EXPECT_THAT(denied, IsError("io.catalogd.AccessDenied")) << job;
        EXPECT_THAT(denied, Has("/needed", "admin"));
    }
    ServedCatalog readers(in_role(Role::read));
    EXPECT_THAT(readers.call("io.catalogd.Jobs.Run", {{"job", "optimize"}}),
                IsError("io.catalogd.AccessDenied"));
    EXPECT_THAT(readers.call("io.catalogd.Jobs.History"), Succeeded());
}

TEST_F(Jobs, LeaveAnEntryInTheAuditLogWhereOnlyAnAdminMayRunThem) {
    run("optimize");
    run("vacuum");
    const Reply log = peer.call("io.catalogd.Admin.ListAudit");
    const auto& entries = log.parameters.at("entries").as_array();
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_THAT(log, Has("/entries/0/subject", "job vacuum"));
    EXPECT_THAT(log, Has("/entries/0/outcome", "ok"));
    EXPECT_THAT(log, Has("/entries/1/outcome", "begun"));
}

TEST_F(Jobs, EndWholeWhereTheirCallerLeaves) {
    {
        VarlinkPeer leaving = catalog.connect();
        leaving.send_call("io.catalogd.Jobs.Run",
                          {{"job", "backup"}, {"parameters", {{"name", "x"}}}}, {{"more", true}});
        leaving.receive();
    }
    EXPECT_TRUE(eventually([&] {
        const Reply history = peer.call("io.catalogd.Jobs.History", {{"job", "backup"}});
        const auto& runs = history.parameters.at("runs").as_array();
        return !runs.empty() && runs[0].at("state") == "succeeded";
    }));
}

TEST_F(Jobs, LetFullVacuumsAndWritersMeetAndNoneFailsOtherwise) {
    const std::string laptop = catalog.add_client("laptop");
    catalog.add_files(laptop, 2'000);
    std::atomic<bool> done{false};
    std::vector<std::string> errors;
    std::thread writer([&] {
        VarlinkPeer mine = catalog.connect();
        for (int i = 0; !done; ++i) {
            const Reply reply = mine.call(
                "io.catalogd.Files.Save",
                {{"clientId", laptop},
                 {"file", {{"name", "w" + std::to_string(i)}, {"path", "/w"}, {"size", 1}}}});
            if (!reply.error.empty() && reply.error != "io.catalogd.ReadOnly" &&
                reply.error != "io.catalogd.Busy") {
                errors.push_back(reply.error);
            }
        }
    });
    const Reply vacuumed = run("vacuum", {{"full", true}});
    done = true;
    writer.join();
    EXPECT_THAT(vacuumed, Has("/run/state", "succeeded"));
    EXPECT_THAT(errors, testing::IsEmpty());
}

}  // namespace
}  // namespace catalogd::endpoints

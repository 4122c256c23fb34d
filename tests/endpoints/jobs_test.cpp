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

// One who saves and one who looks up, for as long as they live.
class Callers {
public:
    Callers(const ServedCatalog& catalog, std::string client)
        : catalog_(catalog), client_(std::move(client)) {}
    ~Callers() { errors(); }
    Callers(const Callers&) = delete;
    Callers& operator=(const Callers&) = delete;

    // Those that nobody has to expect while the catalog is replaced; ends the calls.
    std::vector<std::string> errors() {
        done_ = true;
        for (std::thread* thread : {&saving_, &looking_}) {
            if (thread->joinable()) {
                thread->join();
            }
        }
        return errors_;
    }

private:
    void repeat(const std::string& method, const std::function<json::object(int)>& parameters) {
        VarlinkPeer peer = catalog_.connect();
        for (int i = 0; !done_; ++i) {
            const Reply reply = peer.call(method, parameters(i));
            if (!reply.error.empty() && reply.error != "io.catalogd.ReadOnly" &&
                reply.error != "io.catalogd.Busy") {
                const std::lock_guard lock(mutex_);
                errors_.push_back(reply.error);
            }
        }
    }

    const ServedCatalog& catalog_;
    const std::string client_;
    std::atomic<bool> done_{false};
    std::mutex mutex_;
    std::vector<std::string> errors_;
    std::thread saving_{[this] {
        repeat("io.catalogd.Files.Save", [this](int i) {
            return json::object{
                {"clientId", client_},
                {"file", {{"name", "w" + std::to_string(i)}, {"path", "/w"}, {"size", 1}}}};
        });
    }};
    std::thread looking_{[this] {
        repeat("io.catalogd.Clients.Get", [this](int) { return json::object{{"id", client_}}; });
    }};
};

TEST_F(Jobs, LetFullVacuumsAndCallersMeetAndNoneFailsOtherwise) {
    const std::string laptop = catalog.add_client("laptop");
    catalog.add_files(laptop, 2'000);
    Callers callers(catalog, laptop);
    EXPECT_THAT(run("vacuum", {{"full", true}}), Has("/run/state", "succeeded"));
    EXPECT_THAT(callers.errors(), testing::IsEmpty());
}

TEST_F(Jobs, LetRestoresAndCallersMeetAndNoneFailsOtherwise) {
    const std::string laptop = catalog.add_client("laptop");
    catalog.add_files(laptop, 2'000);
    EXPECT_THAT(run("backup", {{"name", "one"}}), Has("/run/state", "succeeded"));
    Callers callers(catalog, laptop);
    EXPECT_THAT(peer.call("io.catalogd.Admin.Restore", {{"backup", "one"}}), Succeeded());
    EXPECT_THAT(callers.errors(), testing::IsEmpty());
}

TEST_F(Jobs, AreNotWhatDeletesAClientOfManyFilesBesideCallersOfWhomNoneFails) {
    const std::string laptop = catalog.add_client("laptop");
    const std::string desktop = catalog.add_client("desktop");
    for (int part = 0; part < 3; ++part) {
        json::array files;
        for (int number = 0; number < 5'000; ++number) {
            files.push_back({{"name", std::to_string(part * 5'000 + number)}, {"path", "/p"}});
        }
        peer.call("io.catalogd.Files.SaveMany", {{"clientId", desktop}, {"files", files}});
    }
    Callers callers(catalog, laptop);
    EXPECT_THAT(peer.call("io.catalogd.Clients.Delete", {{"id", desktop}}), Succeeded());
    EXPECT_THAT(callers.errors(), testing::IsEmpty());
}

}  // namespace
}  // namespace catalogd::endpoints

// Backups at the socket: listed, read, deleted and restored under those who work with the catalog.
#include "catalog/backups/take.h"

#include <set>

#include "protocol/values.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

namespace store = catalog::backups;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Backups : public testing::Test {
protected:
    void SetUp() override {
        laptop = catalog.add_client("laptop");
        save("a");
    }

    Reply save(const std::string& name, const json::object& more = {}) {
        json::object parameters{{"clientId", laptop},
                                {"file", {{"name", name}, {"path", "/p/" + name}, {"size", 5}}}};
        parameters.insert(more.begin(), more.end());
        return peer.call("io.catalogd.Files.Save", parameters);
    }
    bool has(const std::string& name) {
        return peer.call("io.catalogd.Files.Get", {{"clientId", laptop}, {"name", name}})
            .error.empty();
    }
    Reply restore(const std::string& name) {
        return peer.call("io.catalogd.Admin.Restore", {{"backup", name}});
    }
    Reply list() { return peer.call("io.catalogd.Admin.ListBackups"); }
    std::vector<std::string> names() {
        std::vector<std::string> names;
        const Reply reply = list();
        for (const json::value& backup : reply.parameters.at("backups").as_array()) {
            names.emplace_back(backup.at("name").as_string());
        }
        return names;
    }

    [[nodiscard]] store::Store folder() const { return {catalog.folder() + "/backups", 0}; }
    store::Backup take(const std::string& name) {
        catalog::MaintenanceConnection source({catalog.folder() + "/catalog.db"});
        return store::take(source, folder(), name, catalog.clock().wall(), {});
    }

    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
    std::string laptop;
};

TEST_F(Backups, AreListedWithWhatWasNoted) {
    const store::Backup backup = take("one");
    const Reply reply = list();
    EXPECT_THAT(reply, Has("/backups/0/name", "one"));
    EXPECT_THAT(reply, Has("/backups/0/sha256", backup.manifest.sha256));
    EXPECT_THAT(reply, Has("/backups/0/bytes", backup.manifest.bytes));
    EXPECT_THAT(reply, Has("/backups/0/createdAt", "2023-11-14T22:13:20.000Z"));
    EXPECT_THAT(reply, Has("/backups/0/proven", false));
}

TEST_F(Backups, AreNoneWhereNoneWasTaken) {
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(Backups, AreReadInChunksUntilTheirEnd) {
    for (int i = 0; i < 4'000; ++i) {
        save(std::string(900, 'x') + std::to_string(i));
    }
    const store::Backup backup = take("one");
    std::string content;
    int chunks = 0;
    peer.send_call("io.catalogd.Admin.ReadBackup", {{"backup", "one"}}, {{"more", true}});
    for (bool more = true; more; ++chunks) {
        const Reply reply = peer.receive();
        more = reply.continues;
        EXPECT_THAT(reply, Has("/offset", static_cast<std::int64_t>(content.size())));
        content += protocol::parse_base64(reply.parameters.at("data").as_string()).value();
    }
    EXPECT_GT(chunks, 3);
    EXPECT_EQ(content, catalog::content_of(folder().path("one")));
}

TEST_F(Backups, AreReadFromAnywhere) {
    take("one");
    const std::string whole = catalog::content_of(folder().path("one"));
    const Reply reply =
        peer.call("io.catalogd.Admin.ReadBackup", {{"backup", "one"}, {"offset", 5000}});
    EXPECT_EQ(protocol::parse_base64(reply.parameters.at("data").as_string()), whole.substr(5000));
    EXPECT_THAT(peer.call("io.catalogd.Admin.ReadBackup",
                          {{"backup", "one"}, {"offset", std::int64_t{1} << 40}}),
                Has("/data", ""));
    EXPECT_THAT(peer.call("io.catalogd.Admin.ReadBackup", {{"backup", "one"}, {"offset", -1}}),
                IsError("io.catalogd.InvalidValue"));
}

TEST_F(Backups, BringWhatWasNotedWithTheirFirstChunk) {
    take("one");
    EXPECT_THAT(
        peer.call("io.catalogd.Admin.ReadBackup", {{"backup", "one"}}),
        Has("/manifest", catalog::content_of(store::manifest_beside(folder().path("one")))));
}

TEST_F(Backups, AreDeleted) {
    take("one");
    EXPECT_THAT(peer.call("io.catalogd.Admin.DeleteBackup", {{"backup", "one"}}), Succeeded());
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(Backups, ThatNobodyTookAreUnknown) {
    for (const char* const method : {"DeleteBackup", "ReadBackup", "Restore"}) {
        for (const char* const name : {"none", "", "../catalog.db", "a/b"}) {
            EXPECT_THAT(peer.call(std::string("io.catalogd.Admin.") + method, {{"backup", name}}),
                        IsError("io.catalogd.Admin.UnknownBackup"))
                << method << ' ' << name;
        }
    }
}

TEST_F(Backups, AreRestoredAndThePresentCatalogIsKept) {
    take("one");
    save("b");
    const Reply reply = restore("one");
    EXPECT_THAT(reply, Succeeded());
    EXPECT_TRUE(has("a"));
    EXPECT_FALSE(has("b"));
    EXPECT_THAT(restore(std::string(reply.parameters.at("previous").as_string())), Succeeded());
    EXPECT_TRUE(has("b"));
}

TEST_F(Backups, TellHowFarTheirRestoreHasCome) {
    take("one");
    peer.send_call("io.catalogd.Admin.Restore", {{"backup", "one"}}, {{"more", true}});
    double done = 0;
    Reply reply = peer.receive();
    for (; reply.continues; reply = peer.receive()) {
        EXPECT_GE(reply.parameters.at("progress").as_double(), done);
        done = reply.parameters.at("progress").as_double();
    }
    EXPECT_THAT(reply, Has("/previous", "before-restore-20231114T221320Z"));
}

TEST_F(Backups, AreFollowedByAnAuditLogThatNamesTheOneBefore) {
    take("one");
    restore("one");
    EXPECT_FALSE(peer.call("io.catalogd.Admin.VerifyAudit").parameters.contains("broken"));
    const Reply log = peer.call("io.catalogd.Admin.ListAudit");
    const auto& entries = log.parameters.at("entries").as_array();
    const auto began = std::ranges::find_if(
        entries, [](const json::value& entry) { return entry.at("outcome") == "restored"; });
    ASSERT_NE(began, entries.end());
    EXPECT_THAT(std::string(began->at("subject").as_string()), HasSubstr("backup one, after "));
}

TEST_F(Backups, BringStatisticsBack) {
    peer.call("io.catalogd.Files.SetVerified",
              {{"clientId", laptop}, {"name", "a"}, {"verified", true}});
    take("one");
    const auto before = peer.call("io.catalogd.GetStatistics").parameters.at("statistics");
    save("b");
    restore("one");
    const auto after = peer.call("io.catalogd.GetStatistics").parameters.at("statistics");
    for (const char* const figure : {"clients", "files", "bytes", "bytesTransferred"}) {
        EXPECT_EQ(after.at(figure), before.at(figure)) << figure;
    }
}

TEST_F(Backups, AreFollowedByTheSearch) {
    take("one");
    save("lost");
    EXPECT_THAT(peer.call("io.catalogd.Files.Search", {{"text", "lost"}}),
                Has("/files/0/name", "lost"));
    restore("one");
    save("after");
    EXPECT_THAT(peer.call("io.catalogd.Files.Search", {{"text", "after"}}),
                Has("/files/0/name", "after"));
    EXPECT_EQ(peer.call("io.catalogd.Files.Search", {{"text", "lost"}})
                  .parameters.at("files")
                  .as_array()
                  .size(),
              0U);
}

TEST_F(Backups, ForgetRequestsThatCameLaterAndKeepThoseBefore) {
    const json::object early{{"requestId", "early"}};
    const json::object late{{"requestId", "late"}};
    save("b", early);
    take("one");
    catalog.clock().pass(std::chrono::hours(24 * 7));
    save("c", late);
    restore("one");
    EXPECT_THAT(save("b", early), Succeeded());
    EXPECT_THAT(save("c", late), Succeeded());
    EXPECT_TRUE(has("c"));
    EXPECT_THAT(save("other", early), IsError("io.catalogd.RequestIdReused"));
}

TEST_F(Backups, ThatAreDamagedChangeNothing) {
    take("one");
    std::string content = catalog::content_of(folder().path("one"));
    content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
    catalog::write_file(folder().path("one"), content);
    save("b");
    EXPECT_THAT(restore("one"), IsError("io.catalogd.Admin.BackupDamaged"));
    EXPECT_TRUE(has("b"));
    EXPECT_THAT(names(), ElementsAre("one"));
    EXPECT_THAT(save("c"), Succeeded());
}

TEST_F(Backups, AreNotRestoredWhereTheDiskIsTooSmall) {
    take("one");
    save("b");
    ServedOptions options;
    options.disk_floor = std::int64_t{1} << 60;
    ServedCatalog full(options);
    catalog::write_file(full.folder() + "/unused", "");
    std::filesystem::copy(catalog.folder() + "/backups", full.folder() + "/backups");
    EXPECT_THAT(full.connect().call("io.catalogd.Admin.Restore", {{"backup", "one"}}),
                IsError("io.catalogd.Jobs.NotFeasible"));
}

TEST_F(Backups, SealedWithAnotherKeyAreRestoredOnlyOnDemand) {
    peer.call("io.catalogd.Clients.Save",
              {{"name", "sealed"}, {"sessionKey", protocol::to_base64(std::string(32, 'K'))}});
    take("one");
    ServedCatalog other;
    std::filesystem::copy(catalog.folder() + "/backups", other.folder() + "/backups");
    VarlinkPeer there = other.connect();
    const Reply refused = there.call("io.catalogd.Admin.Restore", {{"backup", "one"}});
    EXPECT_THAT(refused, IsError("io.catalogd.Admin.KeysMissing"));
    EXPECT_EQ(refused.parameters.at("keys").as_array().size(), 1U);
    EXPECT_THAT(there.call("io.catalogd.Clients.Get", {{"name", "laptop"}}),
                IsError("io.catalogd.Clients.NotFound"));
    EXPECT_THAT(there.call("io.catalogd.Admin.Restore", {{"backup", "one"}, {"withoutKeys", true}}),
                Succeeded());
    EXPECT_THAT(there.call("io.catalogd.Clients.Get", {{"name", "laptop"}}), Succeeded());
}

TEST_F(Backups, AreRestoredUnderWritersOfWhomNoneFailsOtherwise) {
    take("one");
    std::atomic<bool> restored{false};
    std::vector<std::string> errors;
    std::thread writer([&] {
        VarlinkPeer mine = catalog.connect();
        for (int i = 0; !restored; ++i) {
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
    const Reply reply = restore("one");
    restored = true;
    writer.join();
    EXPECT_THAT(reply, Succeeded());
    EXPECT_THAT(errors, IsEmpty());
    EXPECT_THAT(save("after"), Succeeded());
}

TEST_F(Backups, HoldEveryWriteThatWasAcknowledgedBeforeARestore) {
    take("one");
    std::atomic<bool> restored{false};
    std::vector<std::string> acknowledged;
    std::thread writer([&] {
        VarlinkPeer mine = catalog.connect();
        for (int i = 0; !restored; ++i) {
            const std::string name = "w" + std::to_string(i);
            const json::object file{{"name", name}, {"path", "/w"}};
            if (mine.call("io.catalogd.Files.Save", {{"clientId", laptop}, {"file", file}})
                    .error.empty()) {
                acknowledged.push_back(name);
            }
        }
    });
    const std::string previous(restore("one").parameters.at("previous").as_string());
    restored = true;
    writer.join();
    std::set<std::string> kept;  // written after the restore
    std::ranges::copy_if(acknowledged, std::inserter(kept, kept.end()),
                         [&](const std::string& name) { return has(name); });
    restore(previous);
    for (const auto& name : acknowledged) {
        EXPECT_TRUE(kept.contains(name) || has(name)) << name << " is lost";
    }
}

}  // namespace
}  // namespace catalogd::endpoints

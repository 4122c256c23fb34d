// io.catalogd.Health.Watch: the events behind a connection.
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

constexpr std::string_view watch = "io.catalogd.Health.Watch";
namespace wire = protocol::events;

class Watching : public testing::Test {
protected:
    void publish() {
        catalog.events().publish("io.catalogd.backup.deleted", wire::BackupDeleted{});
    }
    static std::string type_of(const Reply& reply) {
        return std::string(reply.parameters.at("event").at("type").as_string());
    }

    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
};

TEST_F(Watching, BeginsWithASnapshotAndGoesOnWithWhatHappens) {
    peer.send_call(watch, {}, {{"more", true}});
    const Reply first = peer.receive();
    EXPECT_EQ(type_of(first), "io.catalogd.snapshot");
    EXPECT_TRUE(first.continues);
    EXPECT_THAT(first, Has("/event/data/health/status", "pass"));
    publish();
    EXPECT_EQ(type_of(peer.receive()), "io.catalogd.backup.deleted");
}

TEST_F(Watching, ResumesAfterWhatWasSeen) {
    publish();
    publish();
    peer.send_call(watch, {{"after", "e-00000000000000000001"}}, {{"more", true}});
    EXPECT_THAT(peer.receive(), Has("/event/sequence", "e-00000000000000000002"));
}

TEST_F(Watching, GivesWhatIsAskedFor) {
    peer.send_call(watch, {{"types", {"io.catalogd.daemon.*"}}}, {{"more", true}});
    peer.receive();
    publish();
    catalog.events().publish("io.catalogd.daemon.started", wire::DaemonStarted{});
    EXPECT_EQ(type_of(peer.receive()), "io.catalogd.daemon.started");
}

TEST_F(Watching, NeedsACallForMore) {
    EXPECT_THAT(peer.call(watch), IsError("org.varlink.service.ExpectedMore"));
}

TEST_F(Watching, RefusesSequencesAndTypesThatThereAreNot) {
    for (const json::object& wrong :
         {json::object{{"after", "17"}}, json::object{{"types", {"io.catalogd.x"}}}}) {
        peer.send_call(watch, wrong, {{"more", true}});
        EXPECT_THAT(peer.receive(), IsError("io.catalogd.InvalidValue"));
    }
}

TEST_F(Watching, EndsWithTheDaemon) {
    peer.send_call(watch, {}, {{"more", true}});
    peer.receive();
    publish();
    catalog.stop_server(std::chrono::hours(1));
    EXPECT_EQ(type_of(peer.receive()), "io.catalogd.backup.deleted");
    EXPECT_THAT(peer.receive(), IsError("io.catalogd.Busy"));
}

TEST_F(Watching, LetsGoOfAPeerThatHasGone) {
    {
        VarlinkPeer gone = catalog.connect();
        gone.send_call(watch, {}, {{"more", true}});
        gone.receive();
        EXPECT_EQ(catalog.events().figures().subscribers, 1U);
    }
    EXPECT_TRUE(eventually([&] { return catalog.connections() == 1; }));
    publish();
    EXPECT_TRUE(eventually([&] { return catalog.events().figures().subscribers == 0; }));
}

// The peer takes nothing: what its socket does not hold waits in the hub, which drops it.
TEST_F(Watching, OfWhoNeverReadsCostsNoMoreThanItsBoundAndDelaysNobody) {
    peer.send_call(watch, {}, {{"more", true}});
    VarlinkPeer quick = catalog.connect();
    quick.send_call(watch, {}, {{"more", true}});
    quick.receive();
    const wire::BackupDeleted large{std::string(50'000, 'x')};
    for (int i = 0; i < 200; ++i) {
        catalog.events().publish("io.catalogd.backup.deleted", large);
        while (type_of(quick.receive()) != "io.catalogd.backup.deleted") {
        }
        ASSERT_LE(catalog.events().figures().waiting_bytes, 1U << 20U);
    }
    EXPECT_GT(catalog.events().figures().slow, 0);
    std::string type;
    while (type != wire::lost_type) {
        type = type_of(peer.receive());
    }
    EXPECT_EQ(type_of(peer.receive()), wire::snapshot_type);
}

}  // namespace
}  // namespace catalogd::endpoints

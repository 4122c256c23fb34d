// io.catalogd.Watch: whose records have changed.
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

constexpr std::string_view watch_changes = "io.catalogd.Watch";

class WatchingClients : public testing::Test {
protected:
    void begin(const json::object& parameters = {}) {
        peer.send_call(watch_changes, parameters, {{"more", true}});
    }
    static json::array clients_of(const Reply& reply) {
        return reply.parameters.at("clientIds").as_array();
    }
    static std::string cursor_of(const Reply& reply) {
        return std::string(reply.parameters.at("cursor").as_string());
    }
    std::string cursor_of_now() {
        VarlinkPeer other = catalog.connect();
        other.send_call(watch_changes, {}, {{"more", true}});
        return cursor_of(other.receive());
    }

    ServedCatalog catalog;
    std::string laptop = catalog.add_client("laptop");
    std::string server = catalog.add_client("server");
    VarlinkPeer peer = catalog.connect();
};

TEST_F(WatchingClients, BeginsWithTheCursorOfNow) {
    begin();
    const Reply first = peer.receive();
    EXPECT_TRUE(clients_of(first).empty());
    EXPECT_THAT(first, Has("/reset", false));
    EXPECT_TRUE(first.continues);
}

TEST_F(WatchingClients, TellsWhoseFilesHaveChanged) {
    begin();
    peer.receive();
    catalog.add_files(laptop, 3);
    EXPECT_EQ(clients_of(peer.receive()), json::array{laptop});
}

TEST_F(WatchingClients, TellsOfEveryChangeOfAClientAndOfItsEnd) {
    const std::string before = cursor_of_now();
    catalog.call("io.catalogd.Clients.Touch", {{"id", laptop}});
    catalog.call("io.catalogd.Clients.Delete", {{"id", server}});
    begin({{"after", before}});
    EXPECT_EQ(clients_of(peer.receive()), (json::array{laptop, server}));
}

TEST_F(WatchingClients, GoesOnAfterACursorAndTellsEachClientOnce) {
    begin();
    const std::string before = cursor_of(peer.receive());
    for (int i = 0; i < 5; ++i) {
        catalog.call("io.catalogd.Clients.Touch", {{"id", laptop}});
    }
    VarlinkPeer later = catalog.connect();
    later.send_call(watch_changes, {{"after", before}}, {{"more", true}});
    const Reply told = later.receive();
    EXPECT_EQ(clients_of(told), json::array{laptop});
    EXPECT_NE(cursor_of(told), before);
}

TEST_F(WatchingClients, SaysNothingOfReadsAndOfWritesThatFail) {
    const std::string before = cursor_of_now();
    catalog.call("io.catalogd.Clients.Get", {{"id", laptop}});
    catalog.call("io.catalogd.Files.Delete", {{"clientId", laptop}, {"name", "missing"}});
    begin({{"after", before}});
    EXPECT_TRUE(clients_of(peer.receive()).empty());
}

TEST_F(WatchingClients, ResetsWhoComesWithACursorThatItDoesNotKnow) {
    for (const char* cursor :
         {"other-00000000000000000001", "e-00000000000000009999", "nonsense"}) {
        VarlinkPeer other = catalog.connect();
        other.send_call(watch_changes, {{"after", cursor}}, {{"more", true}});
        EXPECT_THAT(other.receive(), Has("/reset", true)) << cursor;
    }
}

TEST_F(WatchingClients, NeedsACallForMore) {
    EXPECT_THAT(peer.call(watch_changes), IsError("org.varlink.service.ExpectedMore"));
}

TEST_F(WatchingClients, EndsWithTheDaemon) {
    begin();
    peer.receive();
    catalog.stop_server(std::chrono::hours(1));
    EXPECT_THAT(peer.receive(), IsError("io.catalogd.Busy"));
}

}  // namespace
}  // namespace catalogd::endpoints

// Limits, roles and deadlines that change under open connections.
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

// The catalog's service for peers whose role changes.
class RoleOfChoice : public Service {
public:
    protocol::Result<Task> prepare(const protocol::Call& call, const Caller& caller,
                                   std::size_t bytes) const override {
        return inner->prepare(call, caller, bytes);
    }
    [[nodiscard]] Role role_of(const Peer&) const override { return role; }

    const Service* inner = nullptr;
    Role role = Role::admin;
};

class OpenConnections : public testing::Test {
protected:
    void configure() {
        catalog.on_server([&] { catalog.server().configure(limits); });
    }
    static constexpr auto read_call = "org.varlink.service.GetInfo";
    ServedCatalog catalog;
    ServerLimits limits;
};

TEST_F(OpenConnections, TakeFramesUpToTheNewLimit) {
    VarlinkPeer peer = catalog.connect();
    EXPECT_THAT(peer.call(read_call), Succeeded());
    const json::object large{{"name", std::string(100'000, 'n')}};
    EXPECT_THAT(peer.call("io.catalogd.Clients.Get", large),
                IsError("io.catalogd.Clients.NotFound"));
    limits.session.frame_bytes = 64 * 1024;
    configure();
    peer.send_call("io.catalogd.Clients.Get", large);
    EXPECT_TRUE(peer.closed());
}

TEST_F(OpenConnections, TakeAsManyCallsAsTheNewLimitSays) {
    VarlinkPeer peer = catalog.connect();
    EXPECT_THAT(peer.call(read_call), Succeeded());
    limits.session.calls_in_flight = 2;
    configure();
    catalog.hold_writer();
    for (int i = 0; i < 5; ++i) {
        peer.send_call("io.catalogd.Clients.Save", {{"name", std::to_string(i)}});
    }
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().queued == 2; }));
    limits.session.calls_in_flight = 4;
    configure();
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().queued == 4; }));
    catalog.release_actors();
    EXPECT_EQ(peer.receive(5).size(), 5U);
}

TEST_F(OpenConnections, StayWhereFewerAreAllowedFromNowOn) {
    VarlinkPeer first = catalog.connect();
    VarlinkPeer second = catalog.connect();
    EXPECT_THAT(first.call(read_call), Succeeded());
    EXPECT_THAT(second.call(read_call), Succeeded());
    limits.connections = 1;
    configure();
    EXPECT_TRUE(catalog.connect().closed());
    EXPECT_THAT(first.call(read_call), Succeeded());
    EXPECT_THAT(second.call(read_call), Succeeded());
}

TEST_F(OpenConnections, HaveTheRoleThatTheirPeerHasNow) {
    RoleOfChoice chosen;
    ServedOptions options;
    options.around = [&](const Service& inner, const Actors&) -> const Service& {
        chosen.inner = &inner;
        return chosen;
    };
    ServedCatalog served(options);
    VarlinkPeer peer = served.connect();
    EXPECT_THAT(peer.call(read_call), Succeeded());
    chosen.role = Role::none;
    served.on_server([&] { served.server().configure({}); });
    EXPECT_THAT(peer.call(read_call), IsError("io.catalogd.AccessDenied"));
    chosen.role = Role::admin;
    served.on_server([&] { served.server().configure({}); });
    EXPECT_THAT(peer.call(read_call), Succeeded());
}

TEST_F(OpenConnections, GiveTheirCallsTheDeadlineOfNow) {
    VarlinkPeer peer = catalog.connect();
    EXPECT_THAT(peer.call(read_call), Succeeded());
    catalog.on_server([&] {
        catalog.service().set_deadlines({std::chrono::seconds(10), std::chrono::milliseconds(7)});
    });
    catalog.hold_writer();
    peer.send_call("io.catalogd.Clients.Save", {{"name", "late"}});
    ASSERT_TRUE(eventually([&] { return catalog.writer().figures().queued == 1; }));
    catalog.clock().pass(std::chrono::milliseconds(8));
    catalog.writer().expire();
    EXPECT_THAT(peer.receive(), Has("/afterMs", 7));
}

}  // namespace
}  // namespace catalogd::endpoints

// The server around the sessions: limits of connections, and stopping.
#include <sys/resource.h>
#include <unistd.h>

#include <tuple>

#include "tests/endpoints/contract_names.h"
#include "tests/endpoints/other_user.h"
#include "tests/endpoints/resident_memory.h"

namespace catalogd::endpoints {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

ServedOptions connections_up_to(std::size_t total, std::size_t per_user) {
    ServedOptions options;
    options.limits.connections = total;
    options.limits.connections_per_user = per_user;
    return options;
}

void allow_many_descriptors() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

TEST(ConnectionLimit, ClosesConnectionsBeyondTheTotal) {
    const ServedCatalog catalog(connections_up_to(2, 100));
    VarlinkPeer first = catalog.connect();
    VarlinkPeer second = catalog.connect();
    EXPECT_TRUE(catalog.connect().closed());
    EXPECT_THAT(first.call(get_info), Succeeded());
    EXPECT_THAT(second.call(get_info), Succeeded());
}

TEST(ConnectionLimit, HasRoomAgainWhenAConnectionEnds) {
    ServedCatalog catalog(connections_up_to(1, 100));
    catalog.call(get_info);
    EXPECT_TRUE(eventually([&] { return catalog.connections() == 0; }));
    EXPECT_THAT(catalog.call(get_info), Succeeded());
}

TEST(ConnectionLimit, ClosesConnectionsBeyondThoseOfOneUser) {
    const ServedCatalog catalog(connections_up_to(100, 2));
    VarlinkPeer first = catalog.connect();
    VarlinkPeer second = catalog.connect();
    EXPECT_TRUE(catalog.connect().closed());
    EXPECT_THAT(first.call(get_info), Succeeded());
}

TEST(ConnectionLimit, OfOneUserLeavesOtherUsersAlone) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root has peers of other users";
    }
    const ServedCatalog catalog(connections_up_to(100, 1));
    let_everybody_connect(catalog);
    VarlinkPeer own = catalog.connect();
    EXPECT_THAT(connect_as({54'321, 1}, catalog).call(get_info),
                IsError("io.catalogd.AccessDenied"));
    EXPECT_TRUE(catalog.connect().closed());
    EXPECT_THAT(own.call(get_info), Succeeded());
}

TEST(IdleConnections, CostLittleMemory) {
    allow_many_descriptors();
    ServedCatalog catalog(connections_up_to(2'000, 2'000));
    VarlinkPeer active = catalog.connect();
    active.call(get_info);
    const std::int64_t before = resident_bytes();
    std::vector<VarlinkPeer> idle;
    for (int i = 0; i < 1'000; ++i) {
        idle.push_back(catalog.connect());
    }
    EXPECT_TRUE(eventually([&] { return catalog.connections() == 1'001; }));
    EXPECT_LT(resident_bytes() - before, 1'000 * 64 * 1024);
    EXPECT_THAT(active.call(get_info), Succeeded());
    EXPECT_THAT(idle[500].call(get_info), Succeeded());
}

class Stopping : public testing::Test {
protected:
    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
};

TEST_F(Stopping, EndsAtOnceWhereNobodyIsConnected) {
    ServedCatalog unused;
    unused.stop_server(hours(1));
    EXPECT_TRUE(unused.stopped());
}

TEST_F(Stopping, ClosesIdleConnectionsAtOnce) {
    peer.call(get_info);
    catalog.stop_server(hours(1));
    EXPECT_TRUE(peer.closed());
    catalog.wait_until_stopped();
}

TEST_F(Stopping, AcceptsNoFurtherConnections) {
    catalog.stop_server(hours(1));
    EXPECT_THROW(std::ignore = catalog.connect(), std::system_error);
}

TEST_F(Stopping, AnswersWhatWasAccepted) {
    VarlinkPeer idle = catalog.connect();
    idle.call(get_info);
    catalog.hold_writer();
    peer.send_call(save_client, {{"name", "accepted"}});
    peer.send_call("io.catalogd.Clients.Get", {{"name", "accepted"}});
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().queued == 1; }));
    peer.wait_until_taken();
    catalog.stop_server(hours(1));
    EXPECT_TRUE(idle.closed());
    EXPECT_FALSE(catalog.stopped());
    catalog.release_actors();
    EXPECT_THAT(peer.receive(), Has("/created", true));
    EXPECT_THAT(peer.receive(), Has("/client/name", "accepted"));
    EXPECT_TRUE(peer.closed());
    catalog.wait_until_stopped();
}

TEST_F(Stopping, ReadsNoFurtherCalls) {
    catalog.hold_writer();
    peer.send_call(save_client, {{"name", "first"}});
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().queued == 1; }));
    catalog.stop_server(hours(1));
    peer.send_call(save_client, {{"name", "second"}});
    catalog.release_actors();
    EXPECT_THAT(peer.receive(), Has("/client/name", "first"));
    EXPECT_TRUE(peer.closed());
}

TEST_F(Stopping, ClosesAfterTheGraceWhatIsNotAnswered) {
    catalog.hold_writer();
    peer.send_call(save_client, {{"name", "slow"}});
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().queued == 1; }));
    catalog.stop_server(milliseconds(1));
    EXPECT_TRUE(peer.closed());
    catalog.wait_until_stopped();
}

TEST_F(Stopping, EndsAStreamBehindThePageThatIsUnderWay) {
    const std::string client = catalog.add_client("streamed");
    catalog.add_files(client, 5'000, 2'000);
    peer.send_call("io.catalogd.Files.List", {{"clientId", client}, {"limit", 50}},
                   {{"more", true}});
    EXPECT_TRUE(eventually([&] { return !peer.silent(); }));
    catalog.stop_server(hours(1));
    int pages = 0;
    for (; !peer.closed(); ++pages) {
    }
    EXPECT_GT(pages, 0);
    EXPECT_LT(pages, 100);
    catalog.wait_until_stopped();
}

TEST_F(Stopping, EndsAStreamWithBusyAndAnswersWhatWasAcceptedBehindIt) {
    const std::string client = catalog.add_client("streamed");
    catalog.add_files(client, 5'000, 2'000);
    const auto before = catalog.writer().figures().operations;
    peer.send_call("io.catalogd.Files.List", {{"clientId", client}, {"limit", 50}},
                   {{"more", true}});
    peer.send_call(save_client, {{"name", "behind"}});
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().operations > before; }));
    catalog.stop_server(hours(1));
    Reply reply = peer.receive();
    while (reply.continues) {
        reply = peer.receive();
    }
    EXPECT_EQ(reply.error, "io.catalogd.Busy");
    EXPECT_THAT(peer.receive(), Has("/client/name", "behind"));
    EXPECT_TRUE(peer.closed());
}

TEST_F(Stopping, ClosesAfterTheGraceAStreamThatNobodyReads) {
    const std::string client = catalog.add_client("stalled");
    catalog.add_files(client, 5'000, 2'000);
    peer.send_call("io.catalogd.Files.List", {{"clientId", client}}, {{"more", true}});
    EXPECT_TRUE(eventually([&] { return !peer.silent(); }));
    catalog.stop_server(milliseconds(1));
    catalog.wait_until_stopped();
    EXPECT_EQ(catalog.connections(), 0U);
}

}  // namespace
}  // namespace catalogd::endpoints

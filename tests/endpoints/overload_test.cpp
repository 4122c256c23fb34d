// More than the actors can take: Busy at once, deadlines that count the time in queues.
#include "tests/endpoints/contract_names.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

using std::chrono::seconds;

constexpr auto is_busy = "io.catalogd.Busy";
constexpr auto deadline_exceeded = "io.catalogd.DeadlineExceeded";

ServedOptions queues_of(std::size_t messages) {
    ServedOptions options;
    options.writer.mailbox.messages = messages;
    options.readers.mailbox.messages = messages;
    return options;
}

class Overload : public testing::Test {
protected:
    void send_saves(int from, int to) {
        for (int number = from; number < to; ++number) {
            peer.send_call(save_client, {{"name", "client " + std::to_string(number)}});
        }
    }
    bool exists(int number) {
        return catalog.call(get_client, {{"name", "client " + std::to_string(number)}})
            .error.empty();
    }
    void expire_after(std::chrono::milliseconds time) {
        catalog.clock().pass(time);
        catalog.on_server([&] {
            catalog.writer().expire();
            catalog.readers().expire();
        });
    }

    ServedCatalog catalog{queues_of(4)};
    VarlinkPeer peer = catalog.connect();
};

TEST_F(Overload, EndsInBusyWhatTheWriterCannotQueue) {
    catalog.hold_writer();
    send_saves(0, 6);
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().refused == 2; }));
    EXPECT_EQ(catalog.writer().figures().queued, 4U);
    catalog.release_actors();
    for (int number = 0; number < 4; ++number) {
        EXPECT_THAT(peer.receive(), Has("/client/name", "client " + std::to_string(number)));
    }
    EXPECT_THAT(peer.receive(), IsError(is_busy));
    EXPECT_THAT(peer.receive(), IsError(is_busy));
    EXPECT_FALSE(exists(4) || exists(5));
}

TEST_F(Overload, SaysBusyWhileTheQueueIsStillFull) {
    catalog.hold_writer();
    send_saves(0, 4);
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().queued == 4; }));
    const Reply reply = catalog.call(save_client, {{"name", "other"}});
    EXPECT_THAT(reply, IsError(is_busy));
    EXPECT_GT(reply.parameters.at("retryAfterMs").as_int64(), 0);
    EXPECT_EQ(catalog.writer().figures().queued, 4U);
}

TEST_F(Overload, IsOverOnceTheQueueIsEmpty) {
    catalog.hold_writer();
    send_saves(0, 6);
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().refused == 2; }));
    catalog.release_actors();
    peer.receive(6);
    EXPECT_THAT(peer.call(save_client, {{"name", "later"}}), Has("/created", true));
}

TEST_F(Overload, EndsInBusyWhatTheReadersCannotQueue) {
    catalog.hold_readers();
    for (int call = 0; call < 6; ++call) {
        peer.send_call(get_client, {{"name", "nobody"}});
    }
    EXPECT_TRUE(eventually([&] { return catalog.readers().figures().refused == 2; }));
    catalog.release_actors();
    const auto replies = peer.receive(6);
    EXPECT_THAT(replies[3], IsError("io.catalogd.Clients.NotFound"));
    EXPECT_THAT(replies[4], IsError(is_busy));
    EXPECT_THAT(peer.call(get_client, {{"name", "nobody"}}),
                IsError("io.catalogd.Clients.NotFound"));
}

TEST(OverloadInBytes, EndsInBusyWhatIsTooLarge) {
    ServedOptions options;
    options.writer.mailbox.bytes = 10'000;
    const ServedCatalog catalog(options);
    const std::string large(20'000, 'n');
    const json::object file{{"name", "a"}, {"path", "/a"}, {"attributes", {{"note", large}}}};
    EXPECT_THAT(catalog.call("io.catalogd.Files.Save",
                             {{"clientId", std::string(32, '0')}, {"file", file}}),
                IsError(is_busy));
    EXPECT_THAT(catalog.call(save_client, {{"name", "small"}}), Succeeded());
}

TEST_F(Overload, EndsQueuedWritesWhoseTimeIsOver) {
    catalog.hold_writer();
    send_saves(0, 1);
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().queued == 1; }));
    expire_after(seconds(30));
    const Reply reply = peer.receive();
    EXPECT_THAT(reply, IsError(deadline_exceeded));
    EXPECT_THAT(reply, Has("/afterMs", 30'000));
    catalog.release_actors();
    EXPECT_FALSE(exists(0));
}

TEST_F(Overload, EndsQueuedReadsWhoseTimeIsOver) {
    catalog.hold_readers();
    peer.send_call(get_client, {{"name", "nobody"}});
    EXPECT_TRUE(eventually([&] { return catalog.readers().figures().queued == 1; }));
    expire_after(seconds(10));
    EXPECT_THAT(peer.receive(), Has("/afterMs", 10'000));
}

TEST_F(Overload, TakesTheShorterOfACallsOwnTimeAndTheConfiguredOne) {
    catalog.hold_readers();
    peer.send_call(get_client, {{"name", "nobody"}}, {{"io.catalogd.timeoutMs", 2'000}});
    peer.send_call(get_client, {{"name", "nobody"}}, {{"io.catalogd.timeoutMs", 99'000}});
    EXPECT_TRUE(eventually([&] { return catalog.readers().figures().queued == 2; }));
    expire_after(seconds(2));
    EXPECT_THAT(peer.receive(), Has("/afterMs", 2'000));
    EXPECT_EQ(catalog.readers().figures().queued, 1U);
    expire_after(seconds(8));
    EXPECT_THAT(peer.receive(), Has("/afterMs", 10'000));
}

TEST_F(Overload, CountsTheTimeThatAListWaitsForTheCallsBeforeIt) {
    catalog.hold_writer();
    send_saves(0, 1);
    peer.send_call("io.catalogd.Files.List");
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().queued == 1; }));
    peer.wait_until_taken();
    catalog.on_server([&] { catalog.clock().pass(seconds(11)); });
    catalog.release_actors();
    EXPECT_THAT(peer.receive(), Has("/created", true));
    EXPECT_THAT(peer.receive(), IsError(deadline_exceeded));
}

TEST_F(Overload, OfLongWorkIsAvoidedByCountingWhoCallsBesideIt) {
    const actors::Arrivals& arrivals = catalog.actors().arrivals;
    const std::int64_t short_ones = arrivals.of_short;
    EXPECT_THAT(catalog.call("io.catalogd.Health.Get"), Succeeded());
    EXPECT_THAT(catalog.call("io.catalogd.Files.List"), Succeeded());
    EXPECT_EQ(arrivals.of_short, short_ones + 1);
    EXPECT_EQ(arrivals.of_long, 1);
}

TEST_F(Overload, IsNotCausedByAJumpOfTheWallClock) {
    catalog.hold_readers();
    peer.send_call(get_client, {{"name", "nobody"}});
    EXPECT_TRUE(eventually([&] { return catalog.readers().figures().queued == 1; }));
    catalog.clock().jump_wall(std::chrono::hours(24 * 400));
    expire_after(seconds(0));
    catalog.release_actors();
    EXPECT_THAT(peer.receive(), IsError("io.catalogd.Clients.NotFound"));
}

}  // namespace
}  // namespace catalogd::endpoints

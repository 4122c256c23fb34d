// One connection: frames, the order of calls and of replies, oneway, half-closed peers.
#include "tests/endpoints/contract_names.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

constexpr auto save_file = "io.catalogd.Files.Save";
constexpr auto get_file = "io.catalogd.Files.Get";

// A lookup that fails in a way that says which one it was.
std::string numbered_lookup(int number) {
    return call_text(get_client, {{"name", "nobody " + std::to_string(number)}}) + '\0';
}

json::object file_of_size(const std::string& client, int size) {
    return {{"clientId", client}, {"file", {{"name", "a"}, {"path", "/a"}, {"size", size}}}};
}

class Session : public testing::Test {
protected:
    // So many replies to numbered_lookup, from 0 on.
    void expect_lookups_in_order(int count) {
        for (int number = 0; number < count; ++number) {
            ASSERT_THAT(peer.receive(), Has("/name", "nobody " + std::to_string(number)));
        }
    }

    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
};

TEST_F(Session, AnswersAFrameSplitAtAnyByte) {
    const std::string client = catalog.add_client("split");
    const std::string call = call_text(get_client, {{"id", client}}) + '\0';
    for (std::size_t at = 1; at < call.size(); ++at) {
        peer.send(call.substr(0, at));
        peer.wait_until_taken();
        peer.send(call.substr(at));
        ASSERT_THAT(peer.receive(), Has("/client/name", "split")) << "split at " << at;
    }
}

TEST_F(Session, AnswersFramesThatArriveByteByByte) {
    for (const char byte : numbered_lookup(0) + numbered_lookup(1)) {
        peer.send(std::string(1, byte));
        peer.wait_until_taken();
    }
    expect_lookups_in_order(2);
}

TEST_F(Session, AnswersPipelinedCallsInTheirOrder) {
    std::string calls;
    for (int number = 0; number < 64; ++number) {
        calls += numbered_lookup(number);
    }
    peer.send(calls);
    expect_lookups_in_order(64);
}

TEST_F(Session, AnswersManyMoreCallsThanMayBeInFlight) {
    std::string calls;
    for (int number = 0; number < 1'000; ++number) {
        calls += numbered_lookup(number);
    }
    peer.send(calls);
    expect_lookups_in_order(1'000);
}

TEST_F(Session, TakesAtMost64CallsAtATime) {
    catalog.hold_readers();
    for (int number = 0; number < 100; ++number) {
        peer.send(numbered_lookup(number));
    }
    EXPECT_TRUE(eventually([&] { return catalog.readers().figures().queued == 64; }));
    catalog.call("org.varlink.service.GetInfo");
    EXPECT_EQ(catalog.readers().figures().queued, 64U);
    catalog.release_actors();
    expect_lookups_in_order(100);
}

TEST_F(Session, ReadsSeeTheWritesBeforeThemInTheSameBurst) {
    const std::string client = catalog.add_client("burst");
    peer.send(call_text(save_file, file_of_size(client, 7)) + '\0' +
              call_text(get_file, {{"clientId", client}, {"name", "a"}}) + '\0' +
              call_text(list_files, {{"clientId", client}}) + '\0');
    EXPECT_THAT(peer.receive(), Has("/created", true));
    EXPECT_THAT(peer.receive(), Has("/file/size", 7));
    EXPECT_THAT(peer.receive(), Has("/files/0/size", 7));
}

TEST_F(Session, AppliesWritesInTheirOrder) {
    const std::string client = catalog.add_client("order");
    for (int size = 0; size < 200; ++size) {
        peer.send_call(save_file, file_of_size(client, size));
    }
    for (int size = 0; size < 200; ++size) {
        const Reply reply = peer.receive();
        ASSERT_THAT(reply, Has("/file/size", size));
        ASSERT_THAT(reply, Has("/created", size == 0));
    }
    EXPECT_THAT(peer.call(get_file, {{"clientId", client}, {"name", "a"}}), Has("/file/size", 199));
}

TEST_F(Session, KeepsAReadBehindTheWriteBeforeIt) {
    catalog.hold_writer();
    peer.send_call(save_client, {{"name", "slow"}});
    peer.send_call(get_client, {{"name", "slow"}});
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().queued == 1; }));
    peer.wait_until_taken();
    EXPECT_TRUE(peer.silent());
    catalog.release_actors();
    EXPECT_THAT(peer.receive(), Has("/created", true));
    EXPECT_THAT(peer.receive(), Has("/client/name", "slow"));
}

TEST_F(Session, AnswersAWriteAfterTheReadBeforeIt) {
    catalog.hold_readers();
    peer.send_call(get_client, {{"name", "nobody"}});
    peer.send_call(save_client, {{"name", "second"}});
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().operations == 1; }));
    EXPECT_TRUE(peer.silent());
    catalog.release_actors();
    EXPECT_THAT(peer.receive(), IsError("io.catalogd.Clients.NotFound"));
    EXPECT_THAT(peer.receive(), Has("/client/name", "second"));
}

TEST_F(Session, DoesNotLetOneConnectionWaitForAnother) {
    catalog.hold_writer();
    peer.send_call(save_client, {{"name", "slow"}});
    peer.wait_until_taken();
    EXPECT_THAT(catalog.call(get_client, {{"name", "slow"}}),
                IsError("io.catalogd.Clients.NotFound"));
}

TEST_F(Session, NeverAnswersAOnewayCallAndAppliesIt) {
    peer.send_call(save_client, {{"name", "quiet"}}, {{"oneway", true}});
    const Reply reply = peer.call(get_client, {{"name", "quiet"}});
    EXPECT_THAT(reply, Has("/client/name", "quiet"));
    EXPECT_FALSE(reply.parameters.contains("created"));
}

TEST_F(Session, NeverAnswersAOnewayCallThatFails) {
    peer.send_call("io.catalogd.Clients.Nothing", {}, {{"oneway", true}});
    peer.send_call(save_client, {{"nam", "typo"}}, {{"oneway", true}});
    peer.send_call(get_client, {{"name", "nobody"}}, {{"oneway", true}});
    peer.send_call(list_files, {{"limit", 0}}, {{"oneway", true}});
    EXPECT_THAT(peer.call("org.varlink.service.GetInfo"), Has("/product", "catalogd"));
    EXPECT_TRUE(peer.silent());
}

TEST_F(Session, AnswersAPeerThatHasClosedItsOwnHalf) {
    catalog.hold_writer();
    peer.send_call(save_client, {{"name", "half"}});
    peer.send_call(get_client, {{"name", "half"}});
    peer.shut_down_writing();
    catalog.release_actors();
    EXPECT_THAT(peer.receive(), Has("/created", true));
    EXPECT_THAT(peer.receive(), Has("/client/name", "half"));
    EXPECT_TRUE(peer.closed());
}

TEST_F(Session, StreamsToAPeerThatHasClosedItsOwnHalf) {
    const std::string client = catalog.add_client("half");
    catalog.add_files(client, 25);
    peer.send_call(list_files, {{"limit", 10}}, {{"more", true}});
    peer.shut_down_writing();
    const auto pages = peer.receive(3);
    EXPECT_TRUE(pages[1].continues);
    EXPECT_FALSE(pages[2].continues);
    EXPECT_TRUE(peer.closed());
}

TEST_F(Session, DropsALongCallWhosePeerHasGone) {
    catalog.hold_readers();
    {
        VarlinkPeer leaving = catalog.connect();
        leaving.send_call("io.catalogd.Files.Search", {{"text", "a"}, {"countTotal", true}});
        EXPECT_TRUE(eventually([&] { return catalog.readers().figures().queued == 1; }));
    }
    EXPECT_TRUE(eventually([&] { return catalog.connections() == 1; }));
    catalog.release_actors();
    EXPECT_TRUE(eventually([&] { return catalog.readers().figures().abandoned == 1; }));
}

TEST_F(Session, EndsWhenItsPeerHasGone) {
    catalog.hold_writer();
    {
        VarlinkPeer leaving = catalog.connect();
        leaving.send_call(save_client, {{"name", "left"}});
        EXPECT_TRUE(eventually([&] { return catalog.writer().figures().queued == 1; }));
    }
    catalog.release_actors();
    EXPECT_TRUE(eventually([&] { return catalog.connections() == 1; }));
    EXPECT_THAT(peer.call(save_client, {{"name", "stayed"}}), Succeeded());
    EXPECT_THAT(peer.call(get_client, {{"name", "left"}}), Succeeded());
}

}  // namespace
}  // namespace catalogd::endpoints

// How long the port waits for a peer, and how little it does for one that is slow.
#include "tests/endpoints/http/served_http.h"

namespace catalogd::endpoints::http {
namespace {

using Frame = TcpPeer::Frame;

class ForRequests : public testing::Test {
protected:
    ServedHttp served{Patience{.request = std::chrono::milliseconds(300)}};
    TcpPeer peer{served.address()};
};

TEST_F(ForRequests, EndsWhereNothingComes) {
    EXPECT_TRUE(peer.closed());
}

TEST_F(ForRequests, IsNotRenewedByEachByteOfAHeader) {
    peer.send("GET / HTTP/1.1\r\nX-Slow: ");
    EXPECT_TRUE(peer.is_closed_while_sending_bytes());
}

TEST_F(ForRequests, IsNoneForABodyThatComesByteByByte) {
    peer.send_request("GET /", "Content-Length: 1000000\r\n");
    EXPECT_TRUE(peer.receive_to("\r\n\r\n").starts_with("HTTP/1.1 400 "));
    EXPECT_TRUE(peer.is_closed_while_sending_bytes());
    EXPECT_EQ(served.site().asked(), 0);
}

TEST_F(ForRequests, IsNoneForAChunkedBodyEither) {
    peer.send_request("GET /", "Transfer-Encoding: chunked\r\n");
    EXPECT_TRUE(peer.receive_to("\r\n\r\n").starts_with("HTTP/1.1 400 "));
    EXPECT_TRUE(peer.is_closed_while_sending_bytes());
}

TEST_F(ForRequests, EndsWhereAnAnswerIsNotTakenAndNoOtherIsMadeMeanwhile) {
    for (int i = 0; i < 1'000; ++i) {
        peer.send_request("GET /");
    }
    EXPECT_TRUE(eventually([&] { return served.site().asked() > 0; }));
    EXPECT_TRUE(served.comes_to_have_connections(0));
    EXPECT_EQ(served.site().asked(), 1);
}

class WithWebSockets : public testing::Test {
protected:
    WithWebSockets() {
        peer.upgrade();
        EXPECT_EQ(peer.next_frame(), Frame::text);  // the snapshot
    }

    ServedHttp served{
        Patience{.request = std::chrono::milliseconds(300), .silence = std::chrono::seconds(2)}};
    TcpPeer peer{served.address()};
};

TEST_F(WithWebSockets, AsksForASignOfLifeAndEndsWhereNoneComes) {
    EXPECT_EQ(peer.next_frame(), Frame::ping);
    EXPECT_TRUE(peer.closed());
    EXPECT_TRUE(served.comes_to_have_connections(0));
    EXPECT_EQ(served.events().figures().subscribers, 0U);
}

TEST_F(WithWebSockets, DoesNotEndForWhoAnswersEachPing) {
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ(peer.next_frame(), Frame::ping);
        peer.send_pong();
    }
    served.events().publish("io.catalogd.backup.deleted", protocol::events::BackupDeleted{"one"});
    EXPECT_EQ(peer.next_frame(), Frame::text);
}

TEST_F(WithWebSockets, EndsForOneThatTakesNoEvents) {
    const protocol::events::BackupDeleted large{std::string(50'000, 'x')};
    for (int i = 0; i < 300; ++i) {
        served.events().publish("io.catalogd.backup.deleted", large);
        ASSERT_LE(served.events().figures().waiting_bytes, 1U << 20U);
    }
    EXPECT_TRUE(served.comes_to_have_connections(0));
    EXPECT_EQ(served.events().figures().subscribers, 0U);
}

TEST_F(WithWebSockets, IsShortForAnAnswerToAClose) {
    served.events().close();
    EXPECT_EQ(peer.next_frame(), Frame::close);
    EXPECT_TRUE(peer.closed());
}

}  // namespace
}  // namespace catalogd::endpoints::http

#include "endpoints/http/address.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netinet/in.h>

#include "endpoints/listening_socket.h"

namespace catalogd::endpoints::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(AddressTest, IsAnIpAddressAndAPort) {
    const auto address = parse_address("127.0.0.1:8787");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->host, "127.0.0.1");
    EXPECT_EQ(address->port, 8787);
    EXPECT_TRUE(address->loopback);
    EXPECT_EQ(address->text(), "127.0.0.1:8787");
    EXPECT_EQ(parse_address("[::1]:80")->text(), "[::1]:80");
    EXPECT_TRUE(parse_address("[::1]:80")->loopback);
    EXPECT_FALSE(parse_address("0.0.0.0:80")->loopback);
    EXPECT_FALSE(parse_address("[::]:80")->loopback);
}

TEST(AddressTest, IsNoNameAndNothingElse) {
    for (const char* text : {"", ":", "8787", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x",
                             "127.0.0.1:65536", "localhost:8787", "::1:8787", "[127.0.0.1]:80",
                             "[::1]80", "127.1:80", "127.0.0.1:-1", "127.0.0.1: 80"}) {
        EXPECT_FALSE(parse_address(text)) << text;
    }
}

TEST(AddressTest, IsReachedUnderExactlyTheseHosts) {
    EXPECT_THAT(hosts_of(*parse_address("127.0.0.1:8787")),
                ElementsAre("127.0.0.1:8787", "localhost:8787"));
    EXPECT_THAT(hosts_of(*parse_address("10.0.0.7:80")), ElementsAre("10.0.0.7:80"));
}

TEST(AddressTest, ThatIsTakenSaysSoAndWhatToDo) {
    const int held = listen_on(*parse_address("127.0.0.1:0"));
    sockaddr_in name{};
    socklen_t size = sizeof name;
    ASSERT_EQ(::getsockname(held, reinterpret_cast<sockaddr*>(&name), &size), 0);
    try {
        listen_on({"127.0.0.1", ntohs(name.sin_port), true});
        ADD_FAILURE() << "the port is taken";
    } catch (const SocketHeld& taken) {
        EXPECT_THAT(taken.what(), HasSubstr("http.address or --http names another port"));
    }
    ::close(held);
}

}  // namespace
}  // namespace catalogd::endpoints::http

#include "cli/varlink_client.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "protocol/clients.h"
#include "protocol/files.h"
#include "protocol/service.h"
#include "tests/cli/fake_daemon.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace clients = protocol::clients;
namespace files = protocol::files;
namespace service = protocol::service;

clients::List::Reply page(const std::string& name) {
    clients::List::Reply reply;
    reply.clients.emplace_back().name = name;
    return reply;
}

class VarlinkClientTest : public ::testing::Test {
protected:
    VarlinkClient connected() {
        auto client = VarlinkClient::connect(daemon_.socket());
        EXPECT_TRUE(client.has_value());
        return std::move(*client);
    }
    void stream_three_pages() {
        daemon_.on(std::string(clients::List::method), [](const auto&, int) {
            return reply_frame(page("a"), true) + reply_frame(page("b"), true) +
                   reply_frame(page("c"));
        });
    }

    FakeDaemon daemon_;
};

TEST_F(VarlinkClientTest, GetsTheReplyToItsCall) {
    daemon_.on<service::GetInfo>({"vendor", "catalogd", "1.2", "url", {"a.b"}});
    auto client = connected();
    EXPECT_EQ(client.call(service::GetInfo{})->version, "1.2");
    EXPECT_EQ(client.call(service::GetInfo{})->product, "catalogd");
}

TEST_F(VarlinkClientTest, SendsItsDeadline) {
    daemon_.on<files::SaveMany>({1, 2});
    EXPECT_EQ(connected().call(files::SaveMany{}, std::chrono::seconds(2))->updated, 2);
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr("within 2000")));
}

TEST_F(VarlinkClientTest, AnErrorOfTheDaemonKeepsItsNameAndParameters) {
    daemon_.on_error<clients::Get>(protocol::errors::ClientNotFound{{}, "x"});
    const auto reply = connected().call(clients::Get{});
    EXPECT_EQ(reply.error().name, "io.catalogd.Clients.NotFound");
    EXPECT_EQ(reply.error().parameters, R"({"name":"x"})");
}

TEST_F(VarlinkClientTest, HearsEveryReplyOfAStream) {
    stream_three_pages();
    std::string heard;
    const auto done = connected().stream(clients::List{}, [&](const auto& reply, auto) {
        heard += reply.clients.at(0).name;
        return true;
    });
    EXPECT_TRUE(done);
    EXPECT_EQ(heard, "abc");
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr(" more")));
}

TEST_F(VarlinkClientTest, MayEndAStreamEarly) {
    stream_three_pages();
    int heard = 0;
    const auto done =
        connected().stream(clients::List{}, [&](const auto&, auto) { return ++heard < 2; });
    EXPECT_TRUE(done);
    EXPECT_EQ(heard, 2);
}

TEST_F(VarlinkClientTest, RepliesComeInTheOrderOfTheCalls) {
    daemon_.on(std::string(files::SaveMany::method),
               [](const auto&, int nth) { return reply_frame(files::SaveMany::Reply{nth, 0}); });
    auto client = connected();
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(client.send_message(files::SaveMany{}));
    }
    EXPECT_EQ(client.receive_reply<files::SaveMany>()->created, 1);
    EXPECT_EQ(client.receive_reply<files::SaveMany>()->created, 2);
    EXPECT_EQ(client.receive_reply<files::SaveMany>()->created, 3);
}

TEST_F(VarlinkClientTest, AFullPipeInBothDirectionsDoesNotStopIt) {
    daemon_.on<service::GetInterfaceDescription>({std::string(100'000, 'x')});
    auto client = connected();
    const service::GetInterfaceDescription call{std::string(100'000, 'y')};
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(client.send_message(call));
    }
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(client.receive_reply<service::GetInterfaceDescription>());
    }
}

TEST_F(VarlinkClientTest, AConnectionThatEndsIsNoAnswer) {
    daemon_.on(std::string(clients::Get::method), [](const auto&, int) { return ""; });
    const auto reply = connected().call(clients::Get{});
    EXPECT_EQ(reply.error().code, ExitCode::again);
    EXPECT_EQ(reply.error().name, "");
}

TEST_F(VarlinkClientTest, AReplyOfAnotherShapeIsAFailure) {
    daemon_.on(std::string(clients::Get::method), [](const auto&, int) {
        return std::string("{\"parameters\":{\"client\":1}}") + '\0';
    });
    EXPECT_THAT(connected().call(clients::Get{}).error().text,
                HasSubstr("io.catalogd.Clients.Get"));
}

TEST_F(VarlinkClientTest, APeerThatSpeaksNoJsonIsAFailure) {
    daemon_.on(std::string(clients::Get::method),
               [](const auto&, int) { return std::string("HTTP/1.1 400") + '\0'; });
    EXPECT_THAT(connected().call(clients::Get{}).error().text, HasSubstr("does not speak Varlink"));
}

TEST_F(VarlinkClientTest, SendsNoTextThatIsNotUtf8) {
    clients::Get get;
    get.name = "\xFF";
    EXPECT_EQ(connected().call(get).error().code, ExitCode::usage);
    EXPECT_TRUE(daemon_.calls().empty());
}

TEST_F(VarlinkClientTest, KnowsTheProcessThatListens) {
    EXPECT_EQ(connected().peer_pid(), ::getpid());
}

TEST(VarlinkClient, TellsThatThereIsNoDaemon) {
    const TempTree folder;
    const auto client = VarlinkClient::connect(folder.path("absent"));
    EXPECT_EQ(client.error().code, ExitCode::no_daemon);
    EXPECT_EQ(VarlinkClient::connect(std::string(200, 'x')).error().code, ExitCode::usage);
}

}  // namespace
}  // namespace catalogd::cli

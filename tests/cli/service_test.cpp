#include "protocol/service.h"

#include <unistd.h>

#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace clients = protocol::clients;
namespace service = protocol::service;

class ServiceTest : public CommandTest {
protected:
    ServiceTest() {
        daemon_.on<service::GetInfo>({"v", "catalogd", "1.2", "u", {"a.b", "c.d"}});
        daemon_.on(std::string(clients::List::method), [](const auto&, int) {
            return reply_frame(clients::List::Reply{{laptop()}, {}, {}}, true) +
                   reply_frame(clients::List::Reply{{laptop()}, {}, {}});
        });
    }
};

TEST_F(ServiceTest, StatusSumsTheClients) {
    EXPECT_EQ(run({"status"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("catalogd 1.2, running as process"));
    EXPECT_THAT(out_.str(), HasSubstr("Clients  2\n"));
    EXPECT_THAT(out_.str(), HasSubstr("Files    24,690 (14 verified)\n"));
    EXPECT_THAT(out_.str(), HasSubstr("Size     3.0 MiB (3,145,728 bytes)\n"));
}

TEST_F(ServiceTest, StatusForAProgramIsOneObject) {
    EXPECT_EQ(run({"status", "--json"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), R"({"version":"1.2","socket":")" + socket_ + R"(","pid":)" +
                              std::to_string(::getpid()) +
                              R"(,"clients":2,"files":24690,"verifiedFiles":14,"bytes":3145728})"
                              "\n");
}

TEST_F(ServiceTest, StatusTellsThatNoDaemonRuns) {
    socket_ += ".absent";
    EXPECT_EQ(run({"status"}), ExitCode::no_daemon);
    EXPECT_EQ(err_.str(),
              "catalogctl: the daemon is not running: there is no socket " + socket_ + "\n");
    EXPECT_EQ(out_.str(), "");
}

TEST_F(ServiceTest, CallPrintsTheReplyAsItCame) {
    daemon_.on("com.example.Any", [](const auto&, int) {
        return std::string("{\"parameters\":{\"new\":[1,null,\"x\"]}}") + '\0';
    });
    EXPECT_EQ(run({"call", "com.example.Any", "{\"a\": 1}"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "{\"new\":[1,null,\"x\"]}\n");
    EXPECT_THAT(daemon_.calls(), ElementsAre("com.example.Any {\"a\":1}"));
}

TEST_F(ServiceTest, CallPrintsEveryReplyOfAStream) {
    EXPECT_EQ(run({"call", "io.catalogd.Clients.List", "--more"}), ExitCode::ok);
    EXPECT_EQ(lines(), 2);
}

TEST_F(ServiceTest, CallReadsItsParametersFromStandardInput) {
    in_.str("{\"name\":\n \"laptop\"}\n");
    know_laptop();
    EXPECT_EQ(run({"call", "io.catalogd.Clients.Get", "-"}), ExitCode::ok);
    EXPECT_THAT(daemon_.calls(), ElementsAre("io.catalogd.Clients.Get {\"name\":\"laptop\"}"));
}

TEST_F(ServiceTest, CallRefusesWhatIsNoObject) {
    for (const char* text : {"{", "[]", "{}{}", "name", "", "{\"a\":\"\xFF\"}"}) {
        EXPECT_EQ(run({"call", "a.b.C", text}), ExitCode::usage) << text;
    }
    EXPECT_TRUE(daemon_.calls().empty());
}

TEST_F(ServiceTest, CallNamesTheError) {
    EXPECT_EQ(run({"call", "a.b.C"}), ExitCode::not_found);
    EXPECT_EQ(err_.str(),
              "catalogctl: org.varlink.service.MethodNotFound {\"method\":\"a.b.C\"}: "
              "method 'a.b.C' is unknown\n");
}

TEST_F(ServiceTest, AnErrorForAProgramIsJson) {
    EXPECT_EQ(run({"call", "a.b.C", "--json"}), ExitCode::not_found);
    EXPECT_THAT(err_.str(), HasSubstr(R"({"error":"org.varlink.service.MethodNotFound",)"
                                      R"("parameters":{"method":"a.b.C"},"message":")"));
}

TEST_F(ServiceTest, IntrospectListsTheInterfaces) {
    EXPECT_EQ(run({"introspect"}), ExitCode::ok);
    EXPECT_EQ(run({"introspect", "--json"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "a.b\nc.d\n{\"interfaces\":[\"a.b\",\"c.d\"]}\n");
}

TEST_F(ServiceTest, IntrospectShowsADescription) {
    daemon_.on<service::GetInterfaceDescription>({"# text\ninterface a.b\n"});
    EXPECT_EQ(run({"introspect", "a.b"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "# text\ninterface a.b\n");
}

}  // namespace
}  // namespace catalogd::cli

// Calls that are understood as frames and refused for what they ask.
#include "tests/endpoints/contract_names.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

class Parameters : public testing::Test {
protected:
    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
};

TEST_F(Parameters, NamesTheInterfaceThatIsUnknown) {
    const Reply reply = peer.call("io.example.Nothing.Do");
    EXPECT_THAT(reply, IsError("org.varlink.service.InterfaceNotFound"));
    EXPECT_THAT(reply, Has("/interface", "io.example.Nothing"));
    EXPECT_THAT(peer.call("Get"), IsError("org.varlink.service.InterfaceNotFound"));
}

TEST_F(Parameters, NamesTheMethodThatIsUnknown) {
    for (const std::string name :
         {"io.catalogd.Clients.Nothing", "io.catalogd.Clients.", "io.catalogd.Clients.get"}) {
        const Reply reply = peer.call(name);
        EXPECT_THAT(reply, IsError("org.varlink.service.MethodNotFound"));
        EXPECT_THAT(reply, Has("/method", name));
    }
}

TEST_F(Parameters, RefusesAnUpgrade) {
    const Reply reply = peer.call(get_client, {{"name", "a"}}, {{"upgrade", true}});
    EXPECT_THAT(reply, IsError(invalid_parameter));
    EXPECT_THAT(reply, Has("/parameter", "upgrade"));
}

TEST_F(Parameters, NamesTheParameterThatIsUnknown) {
    const Reply reply = peer.call(get_client, {{"name", "a"}, {"nickname", "b"}});
    EXPECT_THAT(reply, IsError(invalid_parameter));
    EXPECT_THAT(reply, Has("/parameter", "nickname"));
}

TEST_F(Parameters, NamesTheParameterThatIsMistyped) {
    for (const json::value& wrong : {json::value(1), json::value(true), json::value({"a", 1})}) {
        const Reply reply = peer.call(get_client, {{"name", wrong}});
        EXPECT_THAT(reply, IsError(invalid_parameter));
        EXPECT_THAT(reply, Has("/parameter", "name"));
    }
}

TEST_F(Parameters, NamesTheParameterThatIsMissing) {
    EXPECT_THAT(peer.call("io.catalogd.Clients.Save"), Has("/parameter", "name"));
    EXPECT_THAT(peer.call("io.catalogd.Clients.Save", {{"name", nullptr}}),
                Has("/parameter", "name"));
}

TEST_F(Parameters, NamesTheIndexOfTheElementThatIsWrong) {
    const json::array files{{{"name", "a"}, {"path", "/a"}}, {{"name", ""}, {"path", "/b"}}};
    const Reply reply = peer.call("io.catalogd.Files.SaveMany",
                                  {{"clientId", std::string(32, '0')}, {"files", files}});
    EXPECT_THAT(reply, IsError(invalid_value));
    EXPECT_THAT(reply, Has("/parameter", "files[1].name"));
}

TEST_F(Parameters, RefusesATimeoutThatIsNoPositiveNumber) {
    for (const json::value& timeout :
         {json::value(0), json::value(-1), json::value("10"), json::value(1.5), json::value()}) {
        const Reply reply =
            peer.call(get_client, {{"name", "a"}}, {{"io.catalogd.timeoutMs", timeout}});
        EXPECT_THAT(reply, IsError(invalid_value)) << timeout;
        EXPECT_THAT(reply, Has("/parameter", "io.catalogd.timeoutMs"));
    }
}

TEST_F(Parameters, TakesATimeoutOfAnyLength) {
    for (const std::int64_t timeout : {std::int64_t{60'000}, INT64_MAX}) {
        EXPECT_THAT(peer.call(get_client, {{"name", "a"}}, {{"io.catalogd.timeoutMs", timeout}}),
                    IsError("io.catalogd.Clients.NotFound"));
    }
}

TEST_F(Parameters, TakesHeadersOfOthersThatHaveAPrefix) {
    EXPECT_THAT(peer.call(get_client, {{"name", "a"}}, {{"io.example.trace", "1"}}),
                IsError("io.catalogd.Clients.NotFound"));
}

TEST_F(Parameters, MayBeLeftOutOrNull) {
    peer.send_frame(R"({"method":"org.varlink.service.GetInfo"})");
    peer.send_frame(R"({"method":"org.varlink.service.GetInfo","parameters":null})");
    EXPECT_THAT(peer.receive(), Succeeded());
    EXPECT_THAT(peer.receive(), Succeeded());
}

TEST_F(Parameters, ChangeNothingWhereTheyAreRefused) {
    peer.call("io.catalogd.Clients.Save", {{"name", "kept out"}, {"publicKey", "short"}});
    EXPECT_THAT(peer.call(get_client, {{"name", "kept out"}}),
                IsError("io.catalogd.Clients.NotFound"));
}

}  // namespace
}  // namespace catalogd::endpoints

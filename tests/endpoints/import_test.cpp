// Clients.Import as its caller sees it: how much one call takes, and what it does whole or not at
// all.
#include <set>

#include "tests/endpoints/contract_names.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

constexpr auto import = "io.catalogd.Clients.Import";

std::int64_t figure(const Reply& reply, const char* name) {
    return reply.error.empty() ? reply.parameters.at(name).as_int64() : -1;
}

class Importing : public testing::Test {
protected:
    static json::array clients(int from, int count) {
        json::array clients;
        for (int i = from; i < from + count; ++i) {
            clients.emplace_back(json::object{{"name", "client" + std::to_string(i)}});
        }
        return clients;
    }
    Reply import_clients(json::array clients) {
        return peer.call(import, {{"clients", std::move(clients)}});
    }
    // As they are kept, and as they are when somebody counts.
    std::int64_t kept() {
        return figure(
            {{}, peer.call("io.catalogd.GetStatistics").parameters.at("statistics").as_object()},
            "clients");
    }
    std::int64_t counted() {
        return figure(peer.call("io.catalogd.Clients.List", {{"countTotal", true}}), "total");
    }

    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
};

TEST_F(Importing, TakesTenThousandClientsInOneCall) {
    const Reply reply = import_clients(clients(0, 10'000));
    EXPECT_THAT(reply, Has("/inserted", 10'000));
    EXPECT_THAT(reply, Has("/skipped", 0));
    EXPECT_EQ(kept(), 10'000);
    EXPECT_EQ(counted(), 10'000);
}

TEST_F(Importing, RefusesAHundredThousandNamesTheLimitAndKeepsNone) {
    const Reply reply = import_clients(clients(0, 100'000));
    EXPECT_THAT(reply, IsError(invalid_value));
    EXPECT_THAT(reply, Has("/parameter", "clients"));
    EXPECT_THAT(reply, Has("/reason", "must have at most 10000 elements, has 100000"));
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(counted(), 0);
}

TEST_F(Importing, RefusesTheWholeCallForOneClientAndNamesItsIndex) {
    const std::string short_key = "c2hvcnQ=";
    for (const json::object& invalid :
         {json::object{{"name", ""}}, json::object{{"name", "tab\there"}},
          json::object{{"name", "x"}, {"id", "7"}},
          json::object{{"name", "x"}, {"publicKey", short_key}},
          json::object{{"name", "x"}, {"sessionKey", short_key}},
          json::object{{"name", "x"}, {"lastSeen", "never"}}}) {
        json::array some = clients(0, 3'000);
        some.insert(some.begin() + 2'345, invalid);
        const Reply reply = import_clients(std::move(some));
        EXPECT_THAT(reply, IsError(invalid_value));
        EXPECT_THAT(std::string(reply.parameters.at("parameter").as_string()),
                    testing::StartsWith("clients[2345]."));
    }
    EXPECT_EQ(counted(), 0);
}

TEST_F(Importing, SkipsWhatExistsByIdOrNameAndNamesIt) {
    const std::string there = catalog.add_client("there");
    const Reply reply = import_clients({{{"name", "new"}},
                                        {{"name", "there"}},
                                        {{"name", "other name"}, {"id", there}},
                                        {{"name", "new"}}});
    EXPECT_THAT(reply, Has("/inserted", 1));
    EXPECT_THAT(reply, Has("/attempted", 4));
    EXPECT_THAT(reply, Has("/skipped", 3));
    EXPECT_THAT(reply, Has("/skippedNames", json::array({"there", "other name", "new"})));
    EXPECT_EQ(counted(), 2);
}

// Each name is offered by several connections at once, while others save clients of these names.
TEST_F(Importing, CountsExactlyWhateverElseIsWrittenAtTheSameTime) {
    constexpr int writers = 6;
    std::vector<VarlinkPeer> peers;
    for (int i = 0; i < writers; ++i) {
        peers.push_back(catalog.connect());
        for (int part = 0; part < 10; ++part) {
            peers[static_cast<std::size_t>(i)].send_call(
                import, {{"clients", clients(part * 50 + i * 10, 100)}});
        }
        peer.send_call("io.catalogd.Clients.Save", {{"name", "client" + std::to_string(i * 97)}});
    }
    std::int64_t inserted = 0;
    for (VarlinkPeer& other : peers) {
        for (const Reply& reply : other.receive(10)) {
            EXPECT_EQ(figure(reply, "inserted") + figure(reply, "skipped"), 100);
            inserted += figure(reply, "inserted");
        }
    }
    for (const Reply& reply : peer.receive(writers)) {
        inserted += reply.error.empty() && reply.parameters.at("created").as_bool() ? 1 : 0;
    }
    EXPECT_EQ(inserted, 600);
    EXPECT_EQ(kept(), 600);
    EXPECT_EQ(counted(), 600);
}

}  // namespace
}  // namespace catalogd::endpoints

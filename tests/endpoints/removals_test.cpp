// Stored bytes that no record names any more, and the counts that are kept of those that do.
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

constexpr auto list_removals = "io.catalogd.Files.ListRemovals";
constexpr auto confirm = "io.catalogd.Files.ConfirmRemovals";

using Paths = std::vector<std::string>;
using testing::ElementsAre;

class Removals : public testing::Test {
protected:
    void save(const std::string& name, const std::string& path) {
        EXPECT_THAT(peer.call("io.catalogd.Files.Save",
                              {{"clientId", client}, {"file", {{"name", name}, {"path", path}}}}),
                    Succeeded());
    }
    void remove(const std::string& name) {
        EXPECT_THAT(peer.call("io.catalogd.Files.Delete", {{"clientId", client}, {"name", name}}),
                    Succeeded());
    }
    json::array removals(const json::object& parameters = {}) {
        const Reply reply = peer.call(list_removals, parameters);
        EXPECT_THAT(reply, Succeeded());
        return reply.parameters.at("removals").as_array();
    }
    Paths paths() {
        Paths paths;
        for (const json::value& removal : removals()) {
            paths.emplace_back(removal.at("path").as_string());
        }
        return paths;
    }
    json::array ids() {
        json::array ids;
        for (const json::value& removal : removals()) {
            ids.push_back(removal.at("id"));
        }
        return ids;
    }

    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
    std::string client = catalog.add_client("a");
};

TEST_F(Removals, NoteThePathOfADeletedRecord) {
    save("f", "/1");
    EXPECT_THAT(paths(), ElementsAre());
    remove("f");
    ASSERT_THAT(paths(), ElementsAre("/1"));
    EXPECT_EQ(removals()[0].at("clientId"), json::value(client));
}

TEST_F(Removals, NoteThePathThatASaveReplaces) {
    save("f", "/1");
    save("f", "/1");
    EXPECT_THAT(paths(), ElementsAre());
    save("f", "/2");
    EXPECT_THAT(paths(), ElementsAre("/1"));
}

TEST_F(Removals, NoteEveryPathOfADeletedClientOldestFirst) {
    save("e", "/0");
    remove("e");
    save("f", "/1");
    save("g", "/2");
    EXPECT_THAT(peer.call("io.catalogd.Clients.Delete", {{"id", client}}), Succeeded());
    const Paths noted = paths();
    EXPECT_THAT(noted, testing::UnorderedElementsAre("/0", "/1", "/2"));
    EXPECT_EQ(noted.front(), "/0");
}

TEST_F(Removals, LeaveOutAPathThatARecordNamesAgain) {
    save("f", "/1");
    remove("f");
    save("g", "/1");
    EXPECT_THAT(paths(), ElementsAre());
    remove("g");
    EXPECT_THAT(paths(), testing::Each("/1"));
    EXPECT_FALSE(paths().empty());
}

TEST_F(Removals, EndWhenTheyAreConfirmed) {
    save("f", "/1");
    save("g", "/2");
    remove("f");
    remove("g");
    const json::array both = ids();
    EXPECT_THAT(peer.call(confirm, {{"ids", {both[0]}}}), Has("/confirmed", 1));
    EXPECT_THAT(paths(), ElementsAre("/2"));
    EXPECT_THAT(peer.call(confirm, {{"ids", both}}), Has("/confirmed", 1)) << "one was there";
    EXPECT_THAT(paths(), ElementsAre());
}

TEST_F(Removals, ListInPages) {
    for (const std::string name : {"a", "b", "c"}) {
        save(name, "/" + name);
        remove(name);
    }
    const Reply first = peer.call(list_removals, {{"limit", 2}});
    EXPECT_EQ(first.parameters.at("removals").as_array().size(), 2U);
    const json::array rest = removals({{"after", first.parameters.at("next")}});
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].at("path"), json::value("/c"));
}

TEST_F(Removals, RefuseIdsThatAreNone) {
    EXPECT_THAT(peer.call(confirm, {{"ids", {"12"}}}), IsError("io.catalogd.InvalidValue"));
    EXPECT_THAT(peer.call(confirm, {{"ids", {std::string(32, '7')}}}), Has("/confirmed", 0));
    EXPECT_THAT(peer.call(list_removals, {{"after", "x"}}), IsError("io.catalogd.InvalidValue"));
}

}  // namespace
}  // namespace catalogd::endpoints

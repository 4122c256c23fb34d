// Files.Search as its caller sees it. What matches, in any combination, is tried at random in
// tests/catalog/search.
#include "tests/endpoints/contract_names.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

constexpr auto search = "io.catalogd.Files.Search";

using Names = std::vector<std::string>;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

Names names_in(const Reply& page) {
    Names names;
    for (const json::value& file : page.parameters.at("files").as_array()) {
        names.emplace_back(file.at("name").as_string());
    }
    return names;
}

class Searching : public testing::Test {
protected:
    void save(const std::string& name, json::object more = {}) {
        more.emplace("name", name);
        more.emplace("path", "/stored/" + name);
        const Reply saved =
            peer.call("io.catalogd.Files.Save", {{"clientId", client}, {"file", std::move(more)}});
        EXPECT_THAT(saved, Succeeded());
    }
    Names found(const json::object& parameters) {
        const Reply reply = peer.call(search, parameters);
        EXPECT_THAT(reply, Succeeded());
        return reply.error.empty() ? names_in(reply) : Names{reply.error};
    }
    Names found_text(const std::string& text) { return found({{"text", text}}); }

    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
    std::string client = catalog.add_client("Fileserver");
};

TEST_F(Searching, FindsATextInAnyCase) {
    save("\u00C4RGER.txt");
    EXPECT_THAT(found_text("\u00E4rger"), ElementsAre("\u00C4RGER.txt"));
    EXPECT_THAT(found_text("RGer.T"), ElementsAre("\u00C4RGER.txt"));
    EXPECT_THAT(found_text("arger"), ElementsAre());
}

TEST_F(Searching, TakesEveryCharacterLiterally) {
    const Names odd{"100%",        "a_b",          "it's",  "\"q\"",
                    "back\\slash", "x\U0001F600y", "star*", "a-b NOT"};
    for (const std::string& name : odd) {
        save(name);
    }
    for (const std::string& name : odd) {
        EXPECT_THAT(found_text(name), ElementsAre(name));
    }
    EXPECT_THAT(found_text("a%b"), ElementsAre());
    EXPECT_THAT(found_text("___"), ElementsAre());
}

TEST_F(Searching, FindsOneAndTwoCharacters) {
    save("q.bin");
    save("zz.bin");
    EXPECT_THAT(found_text("q"), ElementsAre("q.bin"));
    EXPECT_THAT(found_text("ZZ"), ElementsAre("zz.bin"));
}

TEST_F(Searching, LooksAtThePathToo) {
    save("a", {{"path", "/elsewhere/b"}});
    EXPECT_THAT(found_text("Elsewhere"), ElementsAre("a"));
}

TEST_F(Searching, WantsEveryFilterToHold) {
    save("old.pdf", {{"modified", "2024-01-31T23:59:59.999Z"}, {"size", 10}});
    save("new.pdf", {{"modified", "2024-02-01T00:00:00Z"}, {"size", 20}, {"verified", true}});
    save("new.txt", {{"size", 30}});
    EXPECT_THAT(found({{"modifiedTo", "2024-01-31"}}), ElementsAre("old.pdf"));
    EXPECT_THAT(found({{"modifiedFrom", "2024-02-01"}, {"modifiedTo", "2024-02-01"}}),
                ElementsAre("new.pdf"));
    EXPECT_THAT(found({{"extension", ".PDF"}, {"minSize", 20}, {"maxSize", 20}}),
                ElementsAre("new.pdf"));
    EXPECT_THAT(found({{"verified", false}, {"text", "new"}}), ElementsAre("new.txt"));
    EXPECT_THAT(found({{"client", "SERVER"}, {"minSize", 11}, {"order", "smallest"}}),
                ElementsAre("new.pdf", "new.txt"));
}

TEST_F(Searching, PutsUnknownSizesAndTimesLast) {
    save("unknown");
    save("small", {{"size", 1}, {"modified", "2024-01-01T00:00:00Z"}});
    save("large", {{"size", 2}, {"modified", "2023-01-01T00:00:00Z"}});
    EXPECT_THAT(found({{"order", "largest"}}), ElementsAre("large", "small", "unknown"));
    EXPECT_THAT(found({{"order", "smallest"}}), ElementsAre("small", "large", "unknown"));
    EXPECT_THAT(found({{"order", "oldest"}}), ElementsAre("large", "small", "unknown"));
    EXPECT_THAT(found({}), ElementsAre("small", "large", "unknown"));
    EXPECT_THAT(found({{"order", "nameDescending"}}), ElementsAre("unknown", "small", "large"));
}

TEST_F(Searching, PagesByCursorWhileOthersWrite) {
    catalog.add_files(client, 30);
    const Reply first = peer.call(search, {{"text", "00"}, {"order", "name"}, {"limit", 20}});
    save("000");  // before the cursor
    const Reply rest = peer.call(
        search,
        {{"text", "00"}, {"order", "name"}, {"limit", 20}, {"after", first.parameters.at("next")}});
    Names names = names_in(first);
    for (const std::string& name : names_in(rest)) {
        names.push_back(name);
    }
    EXPECT_EQ(names.size(), 30U);
    EXPECT_TRUE(std::ranges::is_sorted(names));
    EXPECT_FALSE(rest.parameters.contains("next"));
}

TEST_F(Searching, StreamsEveryPage) {
    catalog.add_files(client, 45);
    peer.send_call(search, {{"text", "00"}, {"limit", 20}}, {{"more", true}});
    std::size_t found = 0;
    for (bool continues = true; continues;) {
        const Reply page = peer.receive();
        found += names_in(page).size();
        continues = page.continues;
    }
    EXPECT_EQ(found, 45U);
}

TEST_F(Searching, CountsAllThatMatchesWhenAsked) {
    catalog.add_files(client, 45);
    EXPECT_THAT(peer.call(search, {{"text", "00"}, {"limit", 1}, {"countTotal", true}}),
                Has("/total", 45));
    EXPECT_FALSE(peer.call(search, {{"text", "00"}}).parameters.contains("total"));
}

TEST_F(Searching, SaysWhichClientIsUnknown) {
    const std::string nobody(32, '7');
    const Reply reply = peer.call(search, {{"clientId", nobody}});
    EXPECT_THAT(reply, IsError("io.catalogd.Files.UnknownClient"));
    EXPECT_THAT(reply, Has("/clientId", nobody));
    EXPECT_THAT(found({{"client", "nobody has this name"}}), ElementsAre());
}

TEST_F(Searching, RefusesValuesOutOfBounds) {
    for (const json::object& wrong : {json::object{{"limit", 0}},
                                      {{"limit", 1'001}},
                                      {{"minSize", -1}},
                                      {{"maxSize", -1}},
                                      {{"modifiedFrom", "yesterday"}},
                                      {{"modifiedTo", "2024-02-30"}},
                                      {{"clientId", "abc"}},
                                      {{"after", "no cursor"}}}) {
        EXPECT_THAT(peer.call(search, wrong), IsError(invalid_value)) << json::serialize(wrong);
    }
    EXPECT_THAT(peer.call(search, {{"order", "best"}}), Has("/parameter", "order"));
}

TEST_F(Searching, RefusesTheCursorOfAnotherOrder) {
    catalog.add_files(client, 3);
    const Reply page = peer.call(search, {{"limit", 1}, {"order", "name"}});
    const json::value cursor = page.parameters.at("next");
    EXPECT_THAT(peer.call(search, {{"order", "largest"}, {"after", cursor}}),
                IsError(invalid_value));
}

}  // namespace
}  // namespace catalogd::endpoints

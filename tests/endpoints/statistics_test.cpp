// GetStatistics as its caller sees it. That kept numbers are counted ones, whatever is done, is
// tried at random in tests/catalog/totals_test.cpp.
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

class KeptStatistics : public testing::Test {
protected:
    void save(json::object file) {
        EXPECT_THAT(
            peer.call("io.catalogd.Files.Save", {{"clientId", client}, {"file", std::move(file)}}),
            Succeeded());
    }
    void save_sized(const std::string& name, std::int64_t size, bool verified) {
        save({{"name", name}, {"path", "/" + name}, {"size", size}, {"verified", verified}});
    }
    json::value statistics(const std::string& name) {
        const Reply reply = peer.call("io.catalogd.GetStatistics");
        const json::object& all = reply.parameters.at("statistics").as_object();
        return all.contains(name) ? all.at(name) : json::value();
    }

    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
    std::string client = catalog.add_client("a");
};

TEST_F(KeptStatistics, AreThoseOfTheRecords) {
    save_sized("a", 10, true);
    save_sized("b", 30, false);
    save({{"name", "c"}, {"path", "/c"}});
    EXPECT_EQ(statistics("files"), json::value(3));
    EXPECT_EQ(statistics("bytes"), json::value(40));
    EXPECT_EQ(statistics("verifiedFiles"), json::value(1));
    EXPECT_EQ(statistics("verifiedBytes"), json::value(10));
    EXPECT_EQ(statistics("averageFileBytes").to_number<double>(), 20.0);
    EXPECT_EQ(statistics("smallestFileBytes"), json::value(10));
    EXPECT_EQ(statistics("largestFileBytes"), json::value(30));
}

TEST_F(KeptStatistics, OfNoFilesHaveNoAverage) {
    EXPECT_EQ(statistics("files"), json::value(0));
    EXPECT_EQ(statistics("clients"), json::value(1));
    EXPECT_TRUE(statistics("averageFileBytes").is_null());
    EXPECT_TRUE(statistics("smallestFileBytes").is_null());
}

TEST_F(KeptStatistics, NeverTakeBackWhatWasTransferred) {
    save_sized("a", 10, true);
    EXPECT_EQ(statistics("bytesTransferred"), json::value(10));
    save_sized("a", 10, true);
    EXPECT_EQ(statistics("bytesTransferred"), json::value(10)) << "nothing about it has changed";
    save_sized("a", 15, true);
    EXPECT_EQ(statistics("bytesTransferred"), json::value(25));
    peer.call("io.catalogd.Files.Delete", {{"clientId", client}, {"name", "a"}});
    EXPECT_EQ(statistics("bytesTransferred"), json::value(25));
    EXPECT_EQ(statistics("verifiedBytes"), json::value(0));
}

}  // namespace
}  // namespace catalogd::endpoints

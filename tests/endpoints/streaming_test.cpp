// Streams of pages: whole, in order, and never ahead of a peer that does not read.
#include <sys/stat.h>

#include <algorithm>

#include "tests/endpoints/contract_names.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

// What the sockets hold of a stream that nobody reads.
constexpr std::int64_t few_pages = 5;
// Of the log, under the options below: its limit, and a commit more.
constexpr std::int64_t most_log = 8 << 20;

using Names = std::vector<std::string>;

void append_names(Names& names, const Reply& page) {
    for (const json::value& file : page.parameters.at("files").as_array()) {
        names.emplace_back(file.at("name").as_string());
    }
}

std::int64_t size_of(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_size : 0;
}

class Streaming : public testing::Test {
protected:
    // A call whose stream is larger than what the sockets hold, and that nobody reads.
    void begin_stalled_stream() {
        catalog.add_files(client, 5'000, 2'000);
        stalled.send_call(list_files, {{"clientId", client}, {"limit", 50}}, more);
        EXPECT_TRUE(eventually([&] { return !stalled.silent(); }));
    }

    // Several times as much as the log may hold.
    void write_much() {
        for (std::size_t round = 0; round < 40; ++round) {
            catalog.add_files(client, 100, 2'000 + round);
        }
    }

    Names receive_names(VarlinkPeer& from) {
        Names names;
        for (bool continues = true; continues;) {
            const Reply page = from.receive();
            EXPECT_THAT(page, Succeeded());
            append_names(names, page);
            continues = page.continues;
        }
        return names;
    }

    Names list_page_by_page(int limit) {
        Names names;
        json::object parameters{{"clientId", client}, {"limit", limit}};
        for (bool last = false; !last;) {
            const Reply page = peer.call(list_files, parameters);
            append_names(names, page);
            last = !page.parameters.contains("next");
            parameters["after"] = last ? json::value() : page.parameters.at("next");
        }
        return names;
    }

    ServedCatalog catalog{options()};
    const std::string client = catalog.add_client("streamed");
    VarlinkPeer peer = catalog.connect();
    VarlinkPeer stalled = catalog.connect();

private:
    static ServedOptions options() {
        ServedOptions options;
        options.writer.checkpoint_at = 1 << 20;
        options.writer.log_limit = 4 << 20;
        return options;
    }
};

TEST_F(Streaming, SendsEveryPageByItself) {
    catalog.add_files(client, 25);
    peer.send_call(list_files, {{"clientId", client}, {"limit", 10}}, more);
    const auto pages = peer.receive(3);
    EXPECT_TRUE(pages[0].continues && pages[1].continues);
    EXPECT_FALSE(pages[2].continues);
    EXPECT_FALSE(pages[2].parameters.contains("next"));
    EXPECT_EQ(pages[2].parameters.at("files").as_array().size(), 5U);
}

TEST_F(Streaming, SendsOnePageWhereMoreIsNotAskedFor) {
    catalog.add_files(client, 25);
    const Reply page = peer.call(list_files, {{"clientId", client}, {"limit", 10}});
    EXPECT_FALSE(page.continues);
    EXPECT_TRUE(page.parameters.contains("next"));
    EXPECT_THAT(peer.call("org.varlink.service.GetInfo"), Has("/product", "catalogd"));
}

TEST_F(Streaming, EqualsTheListReadPageByPage) {
    catalog.add_files(client, 5'000);
    peer.send_call(list_files, {{"clientId", client}, {"limit", 1'000}}, more);
    const Names streamed = receive_names(peer);
    EXPECT_EQ(streamed.size(), 5'000U);
    EXPECT_TRUE(std::ranges::is_sorted(streamed));
    EXPECT_EQ(streamed, list_page_by_page(77));
}

TEST_F(Streaming, AnswersTheCallsBehindAStreamAfterIt) {
    catalog.add_files(client, 25);
    peer.send(call_text(list_files, {{"clientId", client}, {"limit", 10}}, more) + '\0' +
              call_text("io.catalogd.Clients.Save", {{"name", "behind"}}) + '\0' +
              call_text("io.catalogd.Clients.Get", {{"name", "behind"}}) + '\0');
    EXPECT_EQ(receive_names(peer).size(), 25U);
    EXPECT_THAT(peer.receive(), Has("/created", true));
    EXPECT_THAT(peer.receive(), Has("/client/name", "behind"));
}

TEST_F(Streaming, EndsInTheErrorOfThePageThatFailed) {
    peer.send_call(list_files, {{"clientId", std::string(32, 'a')}}, more);
    const Reply reply = peer.receive();
    EXPECT_THAT(reply, IsError("io.catalogd.Files.UnknownClient"));
    EXPECT_FALSE(reply.continues);
}

TEST_F(Streaming, AsksForNoPageThatItsPeerDoesNotRead) {
    begin_stalled_stream();
    const std::int64_t before = catalog.readers().figures().answered;
    const std::int64_t own_pages = 100 + 1;
    EXPECT_EQ(list_page_by_page(50).size(), 5'000U);
    EXPECT_LE(catalog.readers().figures().answered - before, own_pages + few_pages);
    EXPECT_EQ(receive_names(stalled).size(), 5'000U);
}

TEST_F(Streaming, GoesOnWhereItStalledOnceItsPeerReads) {
    begin_stalled_stream();
    const Names streamed = receive_names(stalled);
    EXPECT_EQ(streamed, list_page_by_page(1'000));
}

TEST_F(Streaming, HoldsNoSnapshotWhileItsPeerDoesNotRead) {
    begin_stalled_stream();
    write_much();
    EXPECT_LT(catalog.writer().figures().log_bytes, most_log);
    EXPECT_LT(size_of(catalog.database().path + "-wal"), most_log);
    EXPECT_EQ(receive_names(stalled).size(), 5'000U);
}

// That the test above could fail.
TEST_F(Streaming, WouldKeepTheLogFromBeginningAnewWithASnapshot) {
    begin_stalled_stream();
    catalog::ReadConnection connection(catalog.database());
    const catalog::Snapshot snapshot(connection);
    connection.query_integer("SELECT count(*) FROM clients");
    write_much();
    EXPECT_GT(catalog.writer().figures().log_bytes, most_log);
}

TEST_F(Streaming, LeavesNothingBehindWhenItsPeerGoes) {
    begin_stalled_stream();
    {
        const VarlinkPeer leaving = std::move(stalled);
    }
    EXPECT_TRUE(eventually([&] { return catalog.connections() == 1; }));
    EXPECT_TRUE(eventually([&] { return catalog.readers().figures().active == 0; }));
    EXPECT_THAT(peer.call("org.varlink.service.GetInfo"), Succeeded());
}

TEST_F(Streaming, BeginsNoFurtherListsForAPeerThatDoesNotRead) {
    catalog.add_files(client, 1'000, 2'000);
    const std::string list = call_text(list_files, {{"clientId", client}, {"limit", 500}}) + '\0';
    for (int number = 0; number < 40; ++number) {
        stalled.send(list);
    }
    EXPECT_TRUE(eventually([&] { return !stalled.silent(); }));
    const std::int64_t before = catalog.readers().figures().answered;
    const std::int64_t own_pages = 100 + 1;
    EXPECT_EQ(list_page_by_page(10).size(), 1'000U);
    EXPECT_LE(catalog.readers().figures().answered - before, own_pages + few_pages);
    EXPECT_EQ(stalled.receive(40).back().parameters.at("files").as_array().size(), 500U);
}

}  // namespace
}  // namespace catalogd::endpoints

#include <limits>
#include <map>

#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

using clients::Order;
using testing::ElementsAre;
using testing::IsEmpty;
using Names = std::vector<std::string>;

class ClientList : public CatalogFixture {
protected:
    void add(const std::string& name, int id, std::int64_t last_seen = 0) {
        commit([&](WriteTransaction& transaction) {
            clients::save(transaction, id_of(id), {name, {}, {}, last_seen});
        });
    }
    void add_files(int id, const std::vector<std::int64_t>& sizes) {
        int n = 0;
        for (const std::int64_t size : sizes) {
            save_file(client(id).number, file_named("file" + std::to_string(n++), size));
        }
    }
    std::vector<clients::Listed> page(const clients::Filter& filter,
                                      const std::optional<clients::Position>& after,
                                      std::int64_t limit) {
        return clients::list(writer(), folding_, filter, after, limit);
    }
    // All pages, one after the other.
    Names list(Order order, std::int64_t limit, const std::string& text = "") {
        Names names;
        std::optional<clients::Position> after;
        for (int pages = 0; pages < 100; ++pages) {
            const auto part = page({text, order}, after, limit);
            if (part.empty()) {
                return names;
            }
            for (const clients::Listed& listed : part) {
                names.push_back(listed.client.name);
            }
            after = part.back().position;
        }
        ADD_FAILURE() << "the list has no end";
        return names;
    }
    Names with(const std::string& text) { return list(Order::name, 100, text); }
    std::int64_t counted(const std::string& text) {
        return clients::count(writer(), folding_, text);
    }

    CaseFolding folding_{writer()};
};

class OrderedClientList : public ClientList {
protected:
    // Ties in every order; identifiers against the order of names.
    void SetUp() override {
        add("d", 1, 300);
        add("c", 2, 100);
        add("b", 3, 300);
        add("a", 4, 200);
        add("e", 5, 200);
        add_files(1, {5});
        add_files(2, {5, 5});
        add_files(3, {10});
        add_files(5, {0});
    }
};

TEST_F(OrderedClientList, GoesByEveryOrderWithTiesById) {
    EXPECT_THAT(list(Order::name, 100), ElementsAre("a", "b", "c", "d", "e"));
    EXPECT_THAT(list(Order::newest, 100), ElementsAre("d", "b", "a", "e", "c"));
    EXPECT_THAT(list(Order::oldest, 100), ElementsAre("c", "a", "e", "d", "b"));
    EXPECT_THAT(list(Order::most_files, 100), ElementsAre("c", "d", "b", "e", "a"));
    EXPECT_THAT(list(Order::most_bytes, 100), ElementsAre("c", "b", "d", "a", "e"));
}

TEST_F(OrderedClientList, IsTheSameInPagesOfAnySize) {
    for (const Order order :
         {Order::name, Order::newest, Order::oldest, Order::most_files, Order::most_bytes}) {
        const Names whole = list(order, 100);
        for (std::int64_t limit = 1; limit <= 5; ++limit) {
            EXPECT_EQ(list(order, limit), whole)
                << "order " << static_cast<int>(order) << ", " << limit << " a page";
        }
    }
}

TEST_F(OrderedClientList, GoesOnWhereItEndedWhenThatClientIsGone) {
    const auto first = page({"", Order::newest}, {}, 2);
    commit([](WriteTransaction& transaction) { clients::remove(transaction, id_of(3)); });
    const auto second = page({"", Order::newest}, first.back().position, 2);
    EXPECT_EQ(second.front().client.name, "a");
}

TEST_F(ClientList, HoldsTimesAtBothEnds) {
    add("first", 1, std::numeric_limits<std::int64_t>::min());
    add("last", 2, std::numeric_limits<std::int64_t>::max());
    EXPECT_THAT(list(Order::newest, 1), ElementsAre("last", "first"));
    EXPECT_THAT(list(Order::oldest, 1), ElementsAre("first", "last"));
}

TEST_F(ClientList, ComparesSumsBeyondTheLargestNumber) {
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    add("one", 1);
    add("two", 2);
    add("three", 3);
    add_files(1, {largest, largest});
    add_files(2, {largest, largest, largest});
    add_files(3, {largest - 1});
    EXPECT_THAT(list(Order::most_bytes, 1), ElementsAre("one", "two", "three"));
}

TEST_F(ClientList, ShowsTheTotals) {
    add("one", 1);
    add_files(1, {5, 7});
    const ClientRecord found = page({"", Order::name}, {}, 1).front().client;
    EXPECT_EQ(found.files, 2);
    EXPECT_EQ(found.bytes, 12);
    EXPECT_EQ(found.verified_files, 0);
}

TEST_F(ClientList, IsEmptyWithoutClients) {
    EXPECT_THAT(list(Order::name, 10), IsEmpty());
    EXPECT_EQ(counted(""), 0);
}

TEST_F(ClientList, FindsATextInAnyCase) {
    add("ÄRGER-im-Büro", 1);
    add("aerger", 2);
    EXPECT_THAT(with("ärger"), ElementsAre("ÄRGER-im-Büro"));
    EXPECT_THAT(with("BÜRO"), ElementsAre("ÄRGER-im-Büro"));
    EXPECT_THAT(with("ER"), ElementsAre("aerger", "ÄRGER-im-Büro"));
    EXPECT_EQ(counted("ÄrGeR"), 1);
}

TEST_F(ClientList, TakesATextLiterally) {
    add("100%", 1);
    add("under_score", 2);
    add("star*", 3);
    EXPECT_THAT(with("%"), ElementsAre("100%"));
    EXPECT_THAT(with("_"), ElementsAre("under_score"));
    EXPECT_THAT(with("*"), ElementsAre("star*"));
    EXPECT_THAT(with("r_s"), ElementsAre("under_score"));
    EXPECT_THAT(with("r?s"), IsEmpty());
}

TEST_F(ClientList, FillsPagesWithMatchesAlone) {
    for (int i = 0; i < 50; ++i) {
        add((i % 10 == 0 ? "match" : "other") + std::to_string(100 + i), i + 1);
    }
    EXPECT_EQ(page({"MATCH", Order::name}, {}, 3).size(), 3U);
    EXPECT_EQ(list(Order::name, 3, "match").size(), 5U);
    EXPECT_EQ(counted("match"), 5);
    EXPECT_EQ(counted(""), 50);
}

}  // namespace
}  // namespace catalogd::catalog

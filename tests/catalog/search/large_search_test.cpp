// Searches over several segments and over ties that no one reads whole.
#include "tests/catalog/search/plain_scan.h"
#include "tests/catalog/search/search_fixture.h"

namespace catalogd::catalog::search {
namespace {

class LargeSearch : public SearchFixture {
protected:
    // Client 1 has most of the records, two others some hundreds, and forty a few.
    void SetUp() override {
        SearchFixture::SetUp();
        for (int i = 2; i < 45; ++i) {
            others_.push_back(save_client("client" + std::to_string(i), 50 - i));
        }
        commit([&](WriteTransaction& transaction) {
            for (int i = 0; i < 9'000; ++i) {
                files::save(transaction, owner_of(i), record_of(i));
            }
        });
        for (int step = 0; step < 2; ++step) {
            index_step();  // the rest stays outside
        }
        commit([&](WriteTransaction& transaction) {
            for (int i = 0; i < 9'000; i += 37) {
                files::set_verified(transaction, owner_of(i), record_of(i).name, true, {});
            }
        });
    }
    std::int64_t owner_of(int i) const {
        const auto other = static_cast<std::size_t>(i % 43);
        return i % 3 != 0 ? client_ : other < 20 ? others_[other % 2] : others_[other];
    }
    // Half have no time, and of the others most have the same. What another client has is stored
    // under a name that client 1 has, too.
    static FileRecord record_of(int i) {
        const int named = i % 3 == 0 ? i + 1 : i;
        FileRecord file =
            file_named("a-rather-long-name" + std::to_string(named * 7'919 % 9'001), i % 5);
        file.path = "/stored/" + std::to_string(i);
        if (i % 2 == 0) {
            file.modified = i % 10 == 0 ? i : 5;
        }
        return file;
    }
    void expect_same_as_scan(const Criteria& criteria, Order order, std::int64_t limit) {
        EXPECT_EQ(shown(all(criteria, order, limit)),
                  shown(plain_scan(writer(), folding_, criteria, order)));
    }
    static constexpr std::array orders{Order::newest,   Order::oldest, Order::largest,
                                       Order::smallest, Order::name,   Order::name_descending};

    std::vector<std::int64_t> others_;
};

TEST_F(LargeSearch, FindsEverythingInEveryOrder) {
    for (const Order order : orders) {
        SCOPED_TRACE(static_cast<int>(order));
        expect_same_as_scan({}, order, 997);
    }
    EXPECT_EQ(counted({}), 9'000);
}

TEST_F(LargeSearch, GoesOnFromEveryPageWhereverItsTimeHasRunOut) {
    out_of_time_ = true;
    for (const Order order : orders) {
        SCOPED_TRACE(static_cast<int>(order));
        expect_same_as_scan({}, order, 997);
    }
    EXPECT_GT(pages_, 100) << "no page was filled";
}

TEST_F(LargeSearch, FiltersEveryOrder) {
    Criteria criteria;
    criteria.text = "99";
    criteria.size.high = 3;
    for (const Order order : orders) {
        SCOPED_TRACE(static_cast<int>(order));
        expect_same_as_scan(criteria, order, 50);
    }
    criteria.text = "name";
    criteria.verified = true;
    criteria.clients.emplace({client_, others_[1], others_[30]});
    for (const Order order : orders) {
        expect_same_as_scan(criteria, order, 50);
    }
}

TEST_F(LargeSearch, CountsTextsLongerThanATermByReadingThem) {
    Criteria criteria;
    for (const char* text : {"name12", "/stored/88", "STORED/1", "name9999"}) {
        criteria.text = text;
        EXPECT_EQ(counted(criteria), plain_scan(writer(), folding_, criteria, Order::name).size())
            << text;
    }
}

}  // namespace
}  // namespace catalogd::catalog::search

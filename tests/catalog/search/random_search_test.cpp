// Random records, random changes and random queries: whatever the index has followed, a search
// finds what a plain scan of the records finds, in the same order.
#include <random>

#include "catalog/search/sizes.h"
#include "catalog/utf8.h"
#include "tests/catalog/search/plain_scan.h"
#include "tests/catalog/search/search_fixture.h"

namespace catalogd::catalog::search {
namespace {

class RandomSearch : public SearchFixture, public testing::WithParamInterface<unsigned> {
protected:
    int up_to(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
    template <class T>
    T one_of(std::initializer_list<T> choices) {
        return *(choices.begin() + up_to(static_cast<int>(choices.size())));
    }

    // Few letters, so that texts are within many names; some of them with a case of their own.
    std::string text(int longest) {
        std::string text;
        for (int i = up_to(longest + 1); i > 0; --i) {
            text += one_of<std::string>({"a", "b", "A", "B", "%", "_", "\\", "'", "ä", "Ä", "ß",
                                         "ſ", "😀", ".", "/", "Σ", "ς"});
        }
        return text;
    }
    std::optional<std::int64_t> figure() {
        return up_to(4) == 0 ? std::nullopt : std::optional<std::int64_t>(up_to(6));
    }

    FileRecord random_record() {
        FileRecord file;
        file.name = text(6) + one_of<std::string>({"x", ".A", ".b", ".TAR.gz", "."});
        file.path = "/" + text(8);
        file.verified = up_to(2) == 0;
        file.size = figure();
        file.modified = figure();
        return file;
    }
    Criteria random_criteria() {
        Criteria criteria;
        criteria.text = up_to(3) == 0 ? "" : up_to(2) == 0 ? text(3) : part_of_a_name();
        if (up_to(5) == 0) {
            criteria.extension = one_of<std::string>({"a", ".B", "gz", "", "x"});
        }
        if (up_to(4) == 0) {
            criteria.clients.emplace();
            for (const auto& [number, id] : clients_) {
                if (up_to(2) == 0) {
                    criteria.clients->insert(number);
                }
            }
        }
        for (auto* bound : {&criteria.modified.low, &criteria.modified.high, &criteria.size.low,
                            &criteria.size.high}) {
            if (up_to(5) == 0) {
                *bound = up_to(6);
            }
        }
        if (up_to(3) == 0) {
            criteria.verified = up_to(2) == 0;
        }
        return criteria;
    }

    std::string part_of_a_name() {
        const auto client = std::next(clients_.begin(), up_to(static_cast<int>(clients_.size())));
        const std::string name = some_name(client->first);
        std::string part;
        std::size_t from = static_cast<std::size_t>(up_to(4));
        for (const char c : name) {  // whole characters, from one of them on
            const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
            from -= begins && from > 0 ? 1 : 0;
            if (from == 0) {
                part += c;
            }
        }
        return utf8_prefix(part, 1 + up_to(5));
    }
    static std::string utf8_prefix(const std::string& text, int characters) {
        std::size_t end = 0;
        while (end < text.size() && characters-- > 0) {
            end += utf8::length_of(text[end]);
        }
        return text.substr(0, end);
    }

    void change_something() {
        const auto client = std::next(clients_.begin(), up_to(static_cast<int>(clients_.size())));
        commit([&](WriteTransaction& transaction) {
            for (int i = up_to(8); i >= 0; --i) {
                change_file(transaction, client->first);
            }
        });
        if (up_to(15) == 0 && clients_.size() > 1) {
            commit([&](WriteTransaction& t) { clients::remove(t, id_of(client->second)); });
            clients_.erase(client);
            add_client();
        }
    }
    void change_file(WriteTransaction& transaction, std::int64_t client) {
        FileRecord file = random_record();
        switch (up_to(8)) {
            case 0:
                files::remove(transaction, client, some_name(client));
                break;
            case 1:
                files::set_verified(transaction, client, some_name(client), up_to(2) == 0, {});
                break;
            case 2:
                file.name = some_name(client);
                if (file.name.empty()) {
                    break;
                }
                [[fallthrough]];
            default:
                files::save(transaction, client, file);
        }
    }
    std::string some_name(std::int64_t client) {
        const auto rows =
            rows_of(writer(), "SELECT name FROM files WHERE client = " + std::to_string(client) +
                                  " ORDER BY random() LIMIT 1");
        return rows.empty() ? "" : rows.front();
    }
    void add_client() {
        const int id = 100 - next_client_++ * 7 % 97;
        clients_[save_client("client" + std::to_string(next_client_), id)] = id;
    }

    void expect_same_as_scan() {
        const Criteria criteria = random_criteria();
        const auto order = one_of({Order::newest, Order::oldest, Order::largest, Order::smallest,
                                   Order::name, Order::name_descending});
        const auto expected = plain_scan(writer(), folding_, criteria, order);
        SCOPED_TRACE("text '" + criteria.text + "', order " +
                     std::to_string(static_cast<int>(order)));
        out_of_time_ = up_to(4) == 0;
        EXPECT_EQ(shown(all(criteria, order, one_of({1, 3, 1'000}))), shown(expected));
        EXPECT_EQ(counted(criteria), static_cast<std::int64_t>(expected.size()));
        expect_sizes_are_exact();
    }
    void expect_sizes_are_exact() {
        const Snapshot snapshot(writer());
        const SizeRange told = size_range(writer(), index_, read_summary(writer()).index);
        EXPECT_EQ(or_none(told.smallest) + ' ' + or_none(told.largest),
                  rows_of(writer(),
                          "SELECT coalesce(min(size), 'none') || ' ' || "
                          "coalesce(max(size), 'none') FROM files")
                      .front());
    }
    static std::string or_none(const std::optional<std::int64_t>& size) {
        return size ? std::to_string(*size) : "none";
    }

    std::mt19937 random_{GetParam()};
    std::map<std::int64_t, int> clients_;  // number to identifier
    int next_client_ = 1;
};

TEST_P(RandomSearch, FindsWhatAPlainScanFinds) {
    for (int i = 0; i < 4; ++i) {
        add_client();
    }
    for (int i = 0; i < 150 && !HasFailure(); ++i) {
        SCOPED_TRACE("round " + std::to_string(i));
        change_something();
        if (up_to(6) == 0) {
            const Step step = build_step();
            for (std::size_t piece = 0; piece < pieces_of(step); ++piece) {
                change_something();
                expect_same_as_scan();
                install_piece(step, piece);
            }
        }
        if (up_to(30) == 0) {
            index_all();
        }
        expect_same_as_scan();
    }
    expect_sound();
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSearch, testing::Range(1U, 9U));

}  // namespace
}  // namespace catalogd::catalog::search

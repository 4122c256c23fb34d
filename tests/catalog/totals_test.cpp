// Totals are kept as records come and go. Whatever the order of the operations, they are what
// counting the records would give.
#include <limits>
#include <random>

#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

class RandomOperations : public CatalogFixture, public testing::WithParamInterface<unsigned> {
protected:
    int up_to(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most)); }

    std::optional<std::int64_t> random_client() {
        const auto owner = clients::find_owner(writer(), id_of(1 + up_to(5)));
        return owner ? std::optional(owner->number) : std::nullopt;
    }
    static std::string random_name(int n) { return "file" + std::to_string(n); }

    std::optional<std::int64_t> random_size() {
        switch (up_to(5)) {
            case 0:
                return {};
            case 1:
                return 0;
            case 2:
                return std::numeric_limits<std::int64_t>::max();
            default:
                return static_cast<std::int64_t>(random_() % 0x3'0000'0000);
        }
    }

    void change_file(WriteTransaction& transaction, std::int64_t client) {
        const std::string name = random_name(up_to(8));
        FileRecord file = file_named(name, random_size());
        switch (up_to(5)) {
            case 0:
                files::remove(transaction, client, name);
                break;
            case 1:
                files::set_verified(transaction, client, name, up_to(2) == 0, {});
                break;
            default:
                file.verified = up_to(2) == 0;
                files::save(transaction, client, file);
        }
    }

    void change_something(WriteTransaction& transaction) {
        const int id = 1 + up_to(5);
        switch (up_to(12)) {
            case 0:
                clients::save(transaction, id_of(id), {"client" + std::to_string(id), {}, {}, 0});
                break;
            case 1:
                clients::remove(transaction, id_of(id));
                break;
            case 2:
                transaction.flush_totals();
                break;
            default:
                if (const auto client = random_client()) {
                    change_file(transaction, *client);
                }
        }
    }

    void request(WriteTransaction& transaction) {
        transaction.begin_request();
        for (int i = up_to(6); i >= 0; --i) {
            change_something(transaction);
        }
        if (up_to(3) == 0) {
            EXPECT_TRUE(transaction.drop_request());
        } else {
            transaction.keep_request();
        }
    }

    void batch() {
        WriteTransaction transaction(writer(), now);
        for (int i = up_to(6); i >= 0; --i) {
            request(transaction);
        }
        if (up_to(10) != 0) {
            transaction.commit();
        }
    }

    std::mt19937 random_{GetParam()};
};

TEST_P(RandomOperations, LeaveTotalsThatAreExact) {
    for (int i = 0; i < 150 && !HasFailure(); ++i) {
        SCOPED_TRACE("batch " + std::to_string(i));
        batch();
        expect_totals_exact();
    }
    expect_sound();
    EXPECT_GT(writer().summary().last_number, 100);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomOperations, testing::Range(1U, 6U));

}  // namespace
}  // namespace catalogd::catalog

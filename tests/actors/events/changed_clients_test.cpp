// Whose records have changed since when, and what is forgotten of it.
#include "actors/events/changed_clients.h"

#include <gmock/gmock.h>

namespace catalogd::actors::events {
namespace {

using protocol::Id;
using testing::ElementsAre;
using testing::IsEmpty;

Id client(std::uint8_t number) {
    Id id;
    id.bytes[15] = number;
    return id;
}

class ChangedClientsTest : public testing::Test {
protected:
    void note(std::initializer_list<std::uint8_t> numbers) {
        std::vector<Id> ids;
        for (const std::uint8_t number : numbers) {
            ids.push_back(client(number));
        }
        changed_.note(ids);
    }
    std::string now() { return changed_.since({}).cursor; }

    ChangedClients changed_{"e", 3};
};

TEST_F(ChangedClientsTest, AreThoseSinceTheCursorEachOnce) {
    note({1});
    const std::string cursor = now();
    note({2, 3});
    note({2});
    EXPECT_THAT(changed_.since(cursor).clients, ElementsAre(client(3), client(2)));
    EXPECT_THAT(changed_.since(now()).clients, IsEmpty());
}

TEST_F(ChangedClientsTest, AreForgottenFromTheOldestOnAndThenReset) {
    const std::string begin = now();
    note({1});
    const std::string first = now();
    note({2});
    note({3});
    EXPECT_FALSE(changed_.since(begin).reset);
    note({4});
    EXPECT_TRUE(changed_.since(begin).reset);
    EXPECT_FALSE(changed_.since(first).reset);
    EXPECT_THAT(changed_.since(first).clients, ElementsAre(client(2), client(3), client(4)));
}

TEST_F(ChangedClientsTest, AreAllWhereAnotherCatalogCame) {
    note({1});
    const std::string cursor = now();
    changed_.note_all();
    EXPECT_TRUE(changed_.since(cursor).reset);
    EXPECT_FALSE(changed_.since(now()).reset);
}

TEST_F(ChangedClientsTest, WakeThoseWhoListenUntilTheyLetGo) {
    int wakes = 0;
    auto token = changed_.listen([&] { ++wakes; });
    note({1});
    changed_.note_all();
    changed_.close();
    EXPECT_EQ(wakes, 3);
    token.reset();
    note({1});
    EXPECT_EQ(wakes, 3);
    EXPECT_TRUE(changed_.ended());
}

}  // namespace
}  // namespace catalogd::actors::events

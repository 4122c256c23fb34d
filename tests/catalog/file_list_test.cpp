#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using NamesInOrder = std::vector<std::string>;

class FileList : public CatalogFixture {
protected:
    NamesInOrder list(std::int64_t client, std::int64_t limit) {
        NamesInOrder names;
        for (bool complete = false; !complete && names.size() < 1'000;) {
            const auto page =
                files::list(writer(), client, names.empty() ? "" : names.back(), limit);
            for (const FileRecord& file : page.records) {
                names.push_back(file.name);
            }
            complete = page.complete;
            EXPECT_TRUE(complete || !page.records.empty());
        }
        return names;
    }
    NamesInOrder list_all(std::int64_t limit) {
        NamesInOrder names;
        files::Position after;
        for (bool complete = false; !complete && names.size() < 1'000;) {
            const auto page = files::list_all(writer(), after, limit);
            for (const OwnedFile& owned : page.records) {
                names.push_back(owned.owner.name + "/" + owned.file.name);
                after = {owned.owner.id, owned.file.name};
            }
            complete = page.complete;
            EXPECT_TRUE(complete || !page.records.empty());
        }
        return names;
    }
};

TEST_F(FileList, IsInOrderOfNameByItsBytes) {
    const auto client = save_client("one", 1);
    save_files(client, {"b", "a/b", "a", "Z", "ä", "a b"});
    EXPECT_THAT(list(client, 100), ElementsAre("Z", "a", "a b", "a/b", "b", "ä"));
}

TEST_F(FileList, IsTheSameInPagesOfAnySize) {
    const auto client = save_client("one", 1);
    save_files(client, {"a", "b", "c", "d", "e", "f", "g"});
    const NamesInOrder whole = list(client, 100);
    for (std::int64_t limit = 1; limit <= 8; ++limit) {
        EXPECT_EQ(list(client, limit), whole) << limit << " a page";
    }
}

TEST_F(FileList, IsOfOneClientAlone) {
    save_files(save_client("one", 1), {"a", "b"});
    const auto two = save_client("two", 2);
    EXPECT_THAT(list(two, 10), IsEmpty());
    save_files(two, {"c"});
    EXPECT_THAT(list(two, 10), ElementsAre("c"));
}

TEST_F(FileList, OfAllGoesByClientIdentifierAndName) {
    save_files(save_client("two", 2), {"b", "a"});
    save_files(save_client("one", 1), {"d", "c"});
    save_client("none", 3);
    save_files(save_client("four", 4), {"e"});
    EXPECT_THAT(list_all(100), ElementsAre("one/c", "one/d", "two/a", "two/b", "four/e"));
}

TEST_F(FileList, OfAllIsTheSameInPagesOfAnySize) {
    const NamesInOrder letters{"a", "b", "c"};
    for (int id = 9; id > 0; --id) {
        const auto client = save_client("client" + std::to_string(id), id);
        save_files(client, {letters.begin(), letters.begin() + id % 4});
    }
    const NamesInOrder whole = list_all(1'000);
    EXPECT_EQ(whole.size(), static_cast<std::size_t>(count("files")));
    for (std::int64_t limit = 1; limit <= 30; ++limit) {
        EXPECT_EQ(list_all(limit), whole) << limit << " a page";
    }
}

TEST_F(FileList, OfAllGoesOnWhenTheClientOfItsPlaceIsGone) {
    save_files(save_client("one", 1), {"a", "b"});
    save_files(save_client("two", 2), {"c"});
    commit([](WriteTransaction& transaction) { clients::remove(transaction, id_of(1)); });
    const auto page = files::list_all(writer(), {id_of(1), "a"}, 10);
    ASSERT_EQ(page.records.size(), 1U);
    EXPECT_EQ(page.records.front().file.name, "c");
    EXPECT_TRUE(page.complete);
}

TEST_F(FileList, SaysThatItIsCompleteExactlyWhenItIs) {
    const auto client = save_client("one", 1);
    save_files(client, {"a", "b", "c"});
    EXPECT_FALSE(files::list(writer(), client, "", 2).complete);
    EXPECT_TRUE(files::list(writer(), client, "", 3).complete);
    EXPECT_FALSE(files::list_all(writer(), {}, 2).complete);
    EXPECT_TRUE(files::list_all(writer(), {}, 3).complete);
}

TEST_F(FileList, EndsAPageThatHasGrownLarge) {
    const auto client = save_client("one", 1);
    commit([&](WriteTransaction& transaction) {
        for (int i = 0; i < 100; ++i) {
            FileRecord file = file_named("file" + std::to_string(100 + i));
            file.attributes = std::string(65'536, 'a');
            files::save(transaction, client, file);
        }
    });
    EXPECT_LT(files::list(writer(), client, "", 100).records.size(), 40U);
    EXPECT_LT(files::list_all(writer(), {}, 100).records.size(), 40U);
    EXPECT_EQ(list(client, 100).size(), 100U);
    EXPECT_EQ(list_all(100).size(), 100U);
}

}  // namespace
}  // namespace catalogd::catalog

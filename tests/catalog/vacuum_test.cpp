#include "catalog/vacuum.h"

#include "catalog/checks.h"
#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

using testing::IsEmpty;

class VacuumTest : public CatalogFixture {
protected:
    void fill_and_empty(int files) {
        const auto client = save_client("laptop", 1);
        std::vector<std::string> names;
        for (int i = 0; i < files; ++i) {
            names.push_back(std::string(200, 'x') + std::to_string(i));
        }
        save_files(client, names);
        commit([&](WriteTransaction& transaction) { clients::remove(transaction, id_of(1)); });
    }
    std::int64_t give_back(std::int64_t pages) {
        return commit(
            [&](WriteTransaction& transaction) { return catalog::give_back(transaction, pages); });
    }
};

TEST_F(VacuumTest, GivesBackAsManyPagesAsItIsTold) {
    fill_and_empty(1'000);
    const Space before = space_of(writer());
    ASSERT_GT(before.free_pages, 100);
    EXPECT_EQ(give_back(60), before.free_pages - 60);
    EXPECT_EQ(space_of(writer()).pages, before.pages - 60);
    EXPECT_EQ(give_back(100'000), 0);
    expect_sound();
}

TEST_F(VacuumTest, KnowsHowLargeTheFileWouldBe) {
    fill_and_empty(2'000);
    save_files(save_client("desktop", 2), {"a", "b"});
    MaintenanceConnection source(options());
    const std::int64_t foreseen = bytes_if_rewritten(source);
    rewrite(source, folder_.file("copy"));
    const auto size = static_cast<std::int64_t>(content_of(folder_.file("copy")).size());
    EXPECT_NEAR(static_cast<double>(foreseen), static_cast<double>(size),
                0.1 * static_cast<double>(size));
    EXPECT_LT(size, space_of(writer()).bytes() / 2);
}

TEST_F(VacuumTest, WritesACopyWithAllRowsAndTheLayoutOfTheCatalog) {
    fill_and_empty(500);
    save_files(save_client("desktop", 2), {"a", "b"});
    MaintenanceConnection source(options());
    rewrite(source, folder_.file("copy"));
    WriteConnection copy({folder_.file("copy")});
    EXPECT_EQ(rows_of(copy, "SELECT name FROM files"), rows_of(writer(), "SELECT name FROM files"));
    for (const char* const pragma :
         {"auto_vacuum", "page_size", "application_id", "user_version"}) {
        const std::string sql = std::string("PRAGMA ") + pragma;
        EXPECT_EQ(copy.query_integer(sql), writer().query_integer(sql)) << pragma;
    }
}

TEST_F(VacuumTest, RefreshesWhatThePlannerKnowsAndKeepsTheCatalogSound) {
    fill_and_empty(100);
    EXPECT_GE(commit([](WriteTransaction& transaction) { return refresh_statistics(transaction); }),
              0);
    expect_sound();
}

TEST_F(VacuumTest, ChecksFindNothingWrongWithASoundCatalog) {
    fill_and_empty(100);
    EXPECT_THAT(find_faults(writer(), true, {}), IsEmpty());
    EXPECT_THAT(find_faults(writer(), false, {}), IsEmpty());
    EXPECT_EQ(find_violations(writer(), {}).count, 0);
}

TEST_F(VacuumTest, AChecksPagesAreLookedAtInShortStretches) {
    fill_and_empty(1'000);
    std::int64_t asked = 0;
    find_faults(writer(), false, {{}, [&] { return ++asked == 0; }});
    EXPECT_GT(asked, writer().query_integer("PRAGMA page_count") / 16);
}

}  // namespace
}  // namespace catalogd::catalog

// SQLite's page cache as SQLite sees it: the methods that are installed, called as SQLite calls
// them.
#include "catalog/page_cache.h"

#include <sqlite3.h>

#include <random>

#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

class PageCache : public testing::Test {
protected:
    // No connection is open here, so SQLite can be asked what it is configured with.
    static sqlite3_pcache_methods2 installed() {
        sqlite3_pcache_methods2 methods{};
        sqlite3_shutdown();
        EXPECT_EQ(sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &methods), SQLITE_OK);
        return methods;
    }

    PageCache() {
        before_ = installed();
        use_tracking_page_cache();
        methods_ = installed();
        sqlite3_initialize();
        cache_ = methods_.xCreate(1024, 64, 1);
        methods_.xCachesize(cache_, 100);
        for (unsigned number = 1; number <= 10; ++number) {
            fetch(number);
        }
    }
    ~PageCache() override {
        methods_.xDestroy(cache_);
        sqlite3_shutdown();
        sqlite3_config(SQLITE_CONFIG_PCACHE2, &before_);
    }

    sqlite3_pcache_page* fetch(unsigned number) { return methods_.xFetch(cache_, number, 1); }
    void renumber(unsigned from, unsigned to) {
        methods_.xRekey(cache_, methods_.xFetch(cache_, from, 0), from, to);
    }
    void truncate(unsigned limit) { methods_.xTruncate(cache_, limit); }
    bool has(unsigned number) { return methods_.xFetch(cache_, number, 0) != nullptr; }
    int pages() { return methods_.xPagecount(cache_); }

    sqlite3_pcache_methods2 before_{};
    sqlite3_pcache_methods2 methods_{};
    sqlite3_pcache* cache_ = nullptr;
};

TEST_F(PageCache, DropsThePagesOfAFileThatBecameShorter) {
    truncate(5);
    EXPECT_EQ(pages(), 4);
    EXPECT_FALSE(has(5));
    fetch(7);
    truncate(7);
    EXPECT_EQ(pages(), 4) << "what was fetched after the last time goes as well";
}

TEST_F(PageCache, KeepsThePagesOfAFileThatDidNot) {
    truncate(11);
    EXPECT_EQ(pages(), 10);
}

TEST_F(PageCache, DropsAPageThatStaysParkedBeyondTheEnd) {
    renumber(3, 131'073);
    renumber(8, 131'074);
    truncate(11);
    EXPECT_EQ(pages(), 8);
    EXPECT_FALSE(has(131'073));
}

TEST_F(PageCache, KeepsAPageThatCameBackFromBeyondTheEnd) {
    renumber(3, 131'073);
    renumber(131'073, 12);
    truncate(13);
    EXPECT_TRUE(has(12));
    truncate(12);
    EXPECT_FALSE(has(12));
    EXPECT_EQ(pages(), 9);
}

class ShrinkingFile : public CatalogFixture {};

TEST_F(ShrinkingFile, StaysSoundUnderTheTrackingCache) {
    writer().database().exec("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT UNIQUE)");
    for (int round = 0; round < 10; ++round) {
        writer().database().exec(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000)"
            "INSERT INTO t (v) SELECT hex(randomblob(50)) FROM n;"
            "DELETE FROM t WHERE k % 3 = " +
            std::to_string(round % 3) + "; PRAGMA incremental_vacuum");
        expect_sound();
    }
}

}  // namespace
}  // namespace catalogd::catalog

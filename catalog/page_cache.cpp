#include "catalog/page_cache.h"

#include <sqlite3.h>

#include <algorithm>
#include <vector>

namespace catalogd::catalog {
namespace {

// SQLite's own, which does the work.
sqlite3_pcache_methods2 own;

constexpr unsigned looks_between_pauses = 16;  // some tens of microseconds, where pages are read

thread_local PauseBetweenPages* pausing = nullptr;

struct TrackedCache {
    sqlite3_pcache* inner;
    // No page has a higher number but those that are parked.
    unsigned highest = 0;
    std::vector<unsigned> parked;
};

TrackedCache& tracked(sqlite3_pcache* cache) {
    return *reinterpret_cast<TrackedCache*>(cache);
}

int init(void* /*argument*/) {
    return own.xInit(own.pArg);
}

void shut_down(void* /*argument*/) {
    own.xShutdown(own.pArg);
}

sqlite3_pcache* create(int page_size, int extra_size, int purgeable) {
    sqlite3_pcache* inner = own.xCreate(page_size, extra_size, purgeable);
    return inner == nullptr ? nullptr
                            : reinterpret_cast<sqlite3_pcache*>(new TrackedCache{inner, 0, {}});
}

void set_size(sqlite3_pcache* cache, int pages) {
    own.xCachesize(tracked(cache).inner, pages);
}

int count_pages(sqlite3_pcache* cache) {
    return own.xPagecount(tracked(cache).inner);
}

sqlite3_pcache_page* fetch(sqlite3_pcache* cache, unsigned number, int may_create) {
    if (pausing != nullptr) {
        pausing->look();
    }
    TrackedCache& self = tracked(cache);
    sqlite3_pcache_page* page = own.xFetch(self.inner, number, may_create);
    if (page != nullptr && may_create != 0) {
        self.highest = std::max(self.highest, number);
    }
    return page;
}

void unpin(sqlite3_pcache* cache, sqlite3_pcache_page* page, int discard) {
    own.xUnpin(tracked(cache).inner, page, discard);
}

void renumber(sqlite3_pcache* cache, sqlite3_pcache_page* page, unsigned from, unsigned to) {
    TrackedCache& self = tracked(cache);
    own.xRekey(self.inner, page, from, to);
    std::erase(self.parked, from);
    if (to > self.highest) {
        self.parked.push_back(to);
    }
}

// Drops the pages from this number on.
void truncate(sqlite3_pcache* cache, unsigned limit) {
    TrackedCache& self = tracked(cache);
    if (self.highest < limit && self.parked.empty()) {
        return;
    }
    own.xTruncate(self.inner, limit);
    self.highest = limit - 1;
    self.parked.clear();
}

void destroy(sqlite3_pcache* cache) {
    own.xDestroy(tracked(cache).inner);
    delete &tracked(cache);
}

void shrink(sqlite3_pcache* cache) {
    own.xShrink(tracked(cache).inner);
}

}  // namespace

void use_tracking_page_cache() {
    sqlite3_pcache_methods2 present{};
    if (sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &present) != SQLITE_OK || present.xInit == init) {
        return;
    }
    own = present;
    const sqlite3_pcache_methods2 tracking{own.iVersion, nullptr,     init,  shut_down, create,
                                           set_size,     count_pages, fetch, unpin,     renumber,
                                           truncate,     destroy,     shrink};
    sqlite3_config(SQLITE_CONFIG_PCACHE2, &tracking);
}

PauseBetweenPages::PauseBetweenPages(std::function<void()> pause) : pause_(std::move(pause)) {
    pausing = this;
}

PauseBetweenPages::~PauseBetweenPages() {
    pausing = nullptr;
}

void PauseBetweenPages::look() {
    if (++looks_ % looks_between_pauses == 0) {
        pause_();
    }
}

}  // namespace catalogd::catalog

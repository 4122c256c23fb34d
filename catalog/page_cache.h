// SQLite's own page cache, without its walk through every page at every commit.
//
// When SQLite 3.40 splits a b-tree page it parks pages under a number far beyond the end of the
// file. Its cache remembers the highest number that it ever held, so each commit after the first
// split looks like one that may have shortened the file, and the cache searches all of itself for
// pages to drop: with a cache of 48 MiB an eighth of the writer's time under load. This layer
// remembers what is really there and passes such a call on only where there is something to drop.
//
// Every page that SQLite looks at passes here, which is how work that it does in one piece, asking
// no progress handler, can rest nevertheless.
#pragma once

#include <functional>

namespace catalogd::catalog {

// For every connection of the process; before the first one is opened. Where SQLite is in use
// already nothing changes.
void use_tracking_page_cache();

// While one lives, its thread calls `pause` after every few pages that it looks at, of whichever
// connection: for a check, which in SQLite 3.40 takes 0.7 s for each GB without asking anybody.
// `pause` must not throw, nor use a connection. One at a time in a thread.
class PauseBetweenPages {
public:
    explicit PauseBetweenPages(std::function<void()> pause);
    ~PauseBetweenPages();
    PauseBetweenPages(const PauseBetweenPages&) = delete;
    PauseBetweenPages& operator=(const PauseBetweenPages&) = delete;

    void look();  // of the cache: a page was asked for

private:
    const std::function<void()> pause_;
    unsigned looks_ = 0;
};

}  // namespace catalogd::catalog

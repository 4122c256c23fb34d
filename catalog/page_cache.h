// SQLite's own page cache, without its walk through every page at every commit.
//
// When SQLite 3.40 splits a b-tree page it parks pages under a number far beyond the end of the
// file. Its cache remembers the highest number that it ever held, so each commit after the first
// split looks like one that may have shortened the file, and the cache searches all of itself for
// pages to drop: with a cache of 48 MiB an eighth of the writer's time under load. This layer
// remembers what is really there and passes such a call on only where there is something to drop.
#pragma once

namespace catalogd::catalog {

// For every connection of the process; before the first one is opened. Where SQLite is in use
// already nothing changes.
void use_tracking_page_cache();

}  // namespace catalogd::catalog

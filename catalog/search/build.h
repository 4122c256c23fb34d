// Bringing the search index up to the records, one segment at a time: the work on any connection,
// and what it comes to on the writer's, in pieces that keep nobody's commit waiting for long.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "catalog/search/index.h"
#include "catalog/search/postings.h"
#include "catalog/transaction.h"

namespace catalogd::catalog::search {

// What the index lacks at a moment, made ready to be installed.
struct Step {
    State built_on;               // the index as it was
    std::int64_t indexed_to = 0;  // from then on
    std::int64_t change = 0;      // up to which the notes have been followed
    std::string columns;          // of the new segment; empty where it has no document
    std::size_t documents = 0;
    std::vector<TermsRow> terms;
    std::int64_t followed_to = 0;                    // files up to it, whose notes have been
    std::map<std::int64_t, std::vector<Slot>> dead;  // by segment
    bool follows_every_change = true;                // that had been noted at that moment
};

// At most one segment's worth, and no file beyond `up_to`: from before the connection's snapshot
// until the step is installed, changes of files up to it must be noted, as those in the index are
// (WriteConnection::building_to).
// `pause` is called many times in a millisecond, for whoever wants to rest or to go on later.
Step build(Connection& connection, Index& index, const CaseFolding& folding, std::int64_t up_to,
           const std::function<void()>& pause);

// In so many pieces a step is installed, each in a commit of its own; at least one.
std::size_t pieces_of(const Step& step);

// The pieces from 0 on, in order. Nobody sees anything of the step before the last one is there; a
// step that ends before that leaves terms behind, which the next one's first piece removes. Does
// nothing where the step was built on another index than this: the catalog was restored since, or
// its index forgotten.
void install(WriteTransaction& transaction, const Step& step, std::size_t piece);

// The index knows no record any more, and is built from the first one on. One commit: some tenths
// of a second for a million records; until it has followed, searches read every record.
void forget_all(WriteTransaction& transaction);

// Records and notes that no step has followed yet.
std::int64_t backlog(const Summary& summary);

}  // namespace catalogd::catalog::search

// Bringing the search index up to the records, one segment at a time: the work on any connection,
// and what it comes to on the writer's.
#pragma once

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
    std::vector<std::int64_t> followed;              // files whose notes have been
    std::map<std::int64_t, std::vector<Slot>> dead;  // by segment
    bool follows_every_change = true;                // that had been noted at that moment
};

// At most one segment's worth. Changes that are made after the connection's snapshot must be noted
// for the files that it sees: see WriteConnection::building_to.
Step build(Connection& connection, Index& index, const CaseFolding& folding);

// Does nothing where the step was built on another index than this: the catalog was restored since,
// or its index forgotten.
void install(WriteTransaction& transaction, const Step& step);

// The index knows no record any more, and is built from the first one on. One commit: some tenths
// of a second for a million records; until it has followed, searches read every record.
void forget_all(WriteTransaction& transaction);

// Records and notes that no step has followed yet.
std::int64_t backlog(const Summary& summary);

}  // namespace catalogd::catalog::search

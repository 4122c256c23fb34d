// File records without a client. Foreign keys are enforced on every connection, so only a damaged
// file, or one that was changed while no daemon ran, can have them.
#pragma once

#include <vector>

#include "catalog/transaction.h"

namespace catalogd::catalog::orphans {

// The next of them behind this number, looking at no more than so many records; `looked_to` is the
// number up to which none is left out.
struct Found {
    std::vector<std::int64_t> numbers;
    std::int64_t looked_to = 0;
};
Found find(Connection& connection, std::int64_t behind, std::int64_t records);

// The newest record's number.
std::int64_t last_number(Connection& connection);

// Removes those of these records that have no client, gives their paths up as removals do, and
// takes them out of what is counted. How many went.
std::int64_t remove(WriteTransaction& transaction, const std::vector<std::int64_t>& numbers);

// Counts of clients that are not there go, and the whole catalog's are counted anew.
void recount_clients(WriteTransaction& transaction);

}  // namespace catalogd::catalog::orphans

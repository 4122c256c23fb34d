// What a change of records leaves behind for the search index, in the commit of the change itself.
#pragma once

#include <unordered_set>

#include "catalog/transaction.h"

namespace catalogd::catalog::search {

// Of one record: null where there was none, or is none any more.
void note_file(WriteTransaction& transaction, const FileRecord* before, const FileRecord* after);

// Of a client that was deleted with all of its records.
void note_gone_client(WriteTransaction& transaction, std::int64_t client);

// The numbers of those that are noted.
std::unordered_set<std::int64_t> gone_clients(Connection& connection);

}  // namespace catalogd::catalog::search

// Stored files that have become nobody's: noted when a record drops their path.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/search/paths.h"
#include "catalog/transaction.h"

namespace catalogd::catalog::removals {

struct Removal {
    Id id{};
    Id client{};
    std::string path;
    std::int64_t since = 0;
};

// A path that a record of the client has dropped.
void note(WriteTransaction& transaction, const Id& client, const std::string& path);
// The paths of all records of a client that is about to be deleted with them.
void note_all(WriteTransaction& transaction, const Id& client, std::int64_t number);

// The oldest first. What a record names again is passed over, so a page may be short, or empty.
struct Page {
    std::vector<Removal> removals;
    std::optional<Id> next;  // empty where nothing is left
};
Page list(Connection& connection, const search::NamedPaths& named, const std::optional<Id>& after,
          std::int64_t limit);

// How many of them there were.
std::int64_t confirm(WriteTransaction& transaction, const std::vector<Id>& ids);

}  // namespace catalogd::catalog::removals

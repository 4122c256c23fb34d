// The steps from an empty file to the schema of this program, and taking them.
//
// Each step is one numbered file in catalog/migrations/, run in a transaction of its own together
// with the note that it was. A catalog that holds data is copied, and the copy checked, before the
// first step. A step that fails leaves the catalog as it was.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/connection.h"

namespace catalogd::catalog {

struct Migration {
    std::int64_t version;   // 1, 2, 3 … without a gap
    std::string_view name;  // its file's, "0001_clients_and_files"
    std::string_view sql;
    std::optional<std::string_view> way_back{};  // what undoes it exactly; not every step has one
};

// Those of this program, in order.
std::vector<Migration> migrations();

struct Migrated {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::optional<std::string> backup;  // the checked copy that was taken, if one was
};

// Throws Unusable: a catalog newer than the steps, one whose steps were others.
// `now` in milliseconds since 1970.
Migrated migrate(WriteConnection& connection, std::span<const Migration> steps, std::int64_t now);

// 64 hex digits over a step's text, BLAKE2b-256: noted when it is taken, compared at each start.
std::string checksum(std::string_view sql);

}  // namespace catalogd::catalog

// What a table holds, as a number of rows and a hash over all of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/connection.h"

namespace catalogd::catalog::backups {

struct TableDigest {
    std::string table;
    std::int64_t rows = 0;
    std::string hash;  // BLAKE2b-128 of every value in order of the key, in hex

    bool operator==(const TableDigest&) const = default;
};

// Of every table in order of their names, but SQLite's own; in a transaction, so that they belong
// together. A million file records take about a second.
std::vector<TableDigest> digests(Connection& connection, const Slices& slices);

// The first difference in words; empty where there is none.
std::string difference(const std::vector<TableDigest>& noted,
                       const std::vector<TableDigest>& found);

std::string to_hex(std::string_view bytes);

}  // namespace catalogd::catalog::backups

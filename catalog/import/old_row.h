// Rows of an old catalog as they lie there: nothing in them is trusted, or checked, yet.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace catalogd::catalog::import {

// A value as SQLite holds it, whatever its column was meant for.
struct OldValue {
    enum class Type { null, integer, real, text, blob };
    Type type = Type::null;
    std::int64_t integer = 0;
    double real = 0;
    std::string bytes;  // of a text, which may be no UTF-8, or of a blob

    [[nodiscard]] bool is(Type which) const { return type == which; }
    bool operator==(const OldValue&) const = default;
};

// By the names of their columns, in the table's order.
using OldCells = std::vector<std::pair<std::string, OldValue>>;

struct OldClient {
    OldValue id;
    OldValue name;
    OldValue public_key;
    OldValue last_seen;
    OldValue session_key;
    OldCells others;  // columns that the old server never had, where they hold something
};

struct OldFile {
    OldValue id;      // of the record; null in the oldest form, which has none
    OldValue client;  // the identifier of its client
    OldValue name;
    OldValue path;
    OldValue verified;
    OldValue size;
    OldValue modified;
    OldValue crc;
    OldValue category;
    OldValue mime_type;
    OldCells others;  // of the other columns, what is neither null nor the column's default
};

struct OldSample {
    OldValue name;
    OldValue at;
    OldValue value;
};

}  // namespace catalogd::catalog::import

// What the catalog holds, row by row. Times are milliseconds since 1970-01-01 in UTC, sizes bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace catalogd::catalog {

using Id = std::array<std::uint8_t, 16>;
using Bytes = std::string;  // any bytes, not text

// A value of SQLite, whichever type it has. A text may hold any bytes: SQLite does not look.
struct Octets {
    Bytes bytes;
    bool operator==(const Octets&) const = default;
};
using Cell = std::variant<std::monostate, std::int64_t, double, std::string, Octets>;

struct ClientRecord {
    std::int64_t number = 0;
    Id id{};
    std::string name;
    std::optional<Bytes> public_key;
    bool has_session_key = false;
    std::int64_t last_seen = 0;
    std::int64_t files = 0;
    std::int64_t verified_files = 0;
    std::int64_t bytes = 0;  // at most 2^63-1, even where the sizes sum to more
};

struct FileRecord {
    std::int64_t number = 0;   // the catalog's own; with `created` it makes the identifier
    std::int64_t created = 0;  // when the name was first saved
    std::string name;
    std::string path;
    bool verified = false;
    std::optional<std::int64_t> size;
    std::optional<std::int64_t> modified;
    std::optional<std::int64_t> crc;
    std::optional<std::string> mime_type;
    std::optional<std::string> category;
    std::optional<std::string> attributes;  // a JSON object of strings
};

// Of which client a file is: what a record shows of its owner.
struct Owner {
    std::int64_t number = 0;
    Id id{};
    std::string name;
};

struct OwnedFile {
    Owner owner;
    FileRecord file;
};

}  // namespace catalogd::catalog

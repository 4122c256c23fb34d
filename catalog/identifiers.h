// Identifiers in order of time: UUID version 7 (RFC 9562), so that new records go to the end of
// an index and not to random pages of it.
#pragma once

#include <cstdint>

#include "catalog/records.h"

namespace catalogd::catalog {

// Not for two threads at once. Each identifier is greater than the one before, even when the
// clock stands still or goes back.
class IdentifierSource {
public:
    // `now` in milliseconds since 1970 in UTC.
    Id next(std::int64_t now);

private:
    std::int64_t last_time_ = -1;
    std::uint64_t high_ = 0;  // 12 random bits
    std::uint64_t low_ = 0;   // 62 random bits, counted up within a millisecond
};

// A file record's identifier: when it was made, and its number where others have random bits, so
// that the record is found without an index of identifiers.
Id file_id(const FileRecord& file);
// The number in such an identifier; in any other one, some number.
std::int64_t number_in(const Id& id);

// Of a wall clock's time, what fits into an identifier: 48 bits.
std::int64_t creation_time(std::int64_t now);

}  // namespace catalogd::catalog

// The catalog as a whole in figures, kept as records come and go and written with each commit.
#pragma once

#include <cstdint>
#include <optional>

#include "catalog/records.h"

namespace catalogd::catalog {

class Connection;

// A sum of sizes in two: each size adds its upper half to one and its lower half to the other.
// Sizes go up to 2^63-1, and neither sum overflows before there are 2^31 records.
struct ByteSum {
    std::int64_t high = 0;
    std::int64_t low = 0;

    void add(std::int64_t bytes, std::int64_t sign = 1) {
        high += sign * (bytes >> 32);
        low += sign * (bytes & 0xFFFFFFFF);
    }
    ByteSum& operator+=(const ByteSum& other) {
        high += other.high;
        low += other.low;
        return *this;
    }
    // high * 2^32 + low, or the largest number where that is beyond it.
    [[nodiscard]] std::int64_t whole() const;
    [[nodiscard]] double as_double() const;
    bool operator==(const ByteSum&) const = default;
};

// Counts and sums over file records: of one client, of all, or what a request changes of either.
struct Totals {
    std::int64_t files = 0;
    std::int64_t verified_files = 0;
    std::int64_t sized_files = 0;  // whose size is known
    ByteSum bytes;
    ByteSum verified_bytes;

    // One record that has come (or, with sign -1, gone).
    void add(const FileRecord& file, std::int64_t sign);
    void add(const Totals& other, std::int64_t sign);
    bool operator==(const Totals&) const = default;
};

// How far the search index has come.
struct IndexState {
    std::int64_t indexed_to = 0;      // the highest file number in it
    std::int64_t last_change = 0;     // that was noted for it
    std::int64_t indexed_change = 0;  // up to which it has followed
    std::int64_t last_segment = 0;    // counted up with each change of the index
    // Sizes of what is not in it lie between these; empty where nothing is there that has one.
    std::optional<std::int64_t> loose_smallest;
    std::optional<std::int64_t> loose_largest;

    bool operator==(const IndexState&) const = default;
};

struct Summary {
    std::int64_t last_client = 0;  // the newest client's number
    // What the newest file record was given; neither ever goes back, whatever the clock does.
    std::int64_t last_number = 0;
    std::int64_t last_created = 0;
    // Milliseconds that daemons have had this catalog open, all together: ages are measured by it,
    // since no clock that jumps can change it.
    std::int64_t running_time = 0;
    std::int64_t clients = 0;
    std::int64_t clients_with_keys = 0;  // public ones
    std::int64_t last_seen_sum = 0;      // milliseconds since 1970, of all clients together
    Totals totals;
    ByteSum transferred;  // never falls, whatever is deleted
    IndexState index;

    bool operator==(const Summary&) const = default;
};

// As the last commit left it.
Summary read_summary(Connection& connection);
void write_summary(Connection& connection, const Summary& summary);

}  // namespace catalogd::catalog

// Moving session keys from one key-encryption key to another, in slices: read on any connection,
// sealed anew outside of every transaction, and exchanged by the writer where they still stand.
#pragma once

#include <vector>

#include "catalog/sealing.h"
#include "catalog/transaction.h"

namespace catalogd::catalog::resealing {

struct SealedKey {
    std::int64_t client = 0;  // its number
    Id id{};
    Bytes sealed;
};

// The key that seals every value, unless they are being moved away from it. Empty in a catalog
// that never had one.
std::optional<Bytes> noted_key(Connection& connection);
void note_key(Connection& connection, const Bytes& key_id);

// Values that are not sealed with `key_id`: how many, and at most `limit` of the clients behind
// `after`.
std::int64_t count_others(Connection& connection, const Bytes& key_id);
std::vector<SealedKey> others(Connection& connection, const Bytes& key_id, std::int64_t after,
                              std::int64_t limit);

struct Exchange {
    std::int64_t client = 0;
    Bytes before;
    Bytes after;
};
// Where the value has changed meanwhile, or its client has gone, nothing happens.
void exchange(WriteTransaction& transaction, const std::vector<Exchange>& exchanges);

}  // namespace catalogd::catalog::resealing

// Session keys, sealed before they reach the database: XChaCha20-Poly1305 of libsodium, bound to
// table, column, row and key, so that a sealed value is worth nothing in another place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "catalog/connection.h"
#include "catalog/records.h"

namespace catalogd::catalog {

// The key-encryption key, in memory that is locked and wiped. Immutable: readers share it.
class Sealer {
public:
    // Reads the key file; makes it (0600) for a catalog that has never sealed anything. Throws
    // Unusable where the file is missing, open to others, of another length, or another key than
    // the catalog was sealed with.
    static Sealer open(const std::string& key_file, std::optional<Bytes> sealed_with);

    Sealer(Sealer&& other) noexcept;
    Sealer& operator=(Sealer&&) = delete;
    ~Sealer();

    // 80 bytes: key id (8), nonce (24), box (32 + 16).
    [[nodiscard]] Bytes seal(const Bytes& session_key, const Id& client) const;
    // Empty where the bytes were not sealed by this key for this client.
    [[nodiscard]] std::optional<Bytes> unseal(const Bytes& sealed, const Id& client) const;
    // First 8 bytes of the key's BLAKE2b hash.
    [[nodiscard]] const Bytes& key_id() const { return key_id_; }

private:
    explicit Sealer(unsigned char* key);
    unsigned char* key_;  // from sodium_malloc; owned
    Bytes key_id_;
};

}  // namespace catalogd::catalog

// Session keys, sealed before they reach the database: XChaCha20-Poly1305 of libsodium, bound to
// table, column, row and key, so that a sealed value is worth nothing in another place.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalog/key_ring.h"
#include "catalog/records.h"

namespace catalogd::catalog {

// Seals and unseals for any number of threads. Where its keys are missing or are not the catalog's,
// it refuses both and says why; nothing else of the catalog needs them.
class Sealer {
public:
    // Reads the key file; makes it (0600) for a catalog that has never sealed anything, unless it
    // is to be given. `sealed_with`: a key that the catalog's values need.
    static Sealer open(KeyFile file, std::optional<Bytes> sealed_with);

    // 80 bytes: key id (8), nonce (24), box (32 + 16). Throws KeyUnavailable.
    [[nodiscard]] Bytes seal(const Bytes& session_key, const Id& client) const;
    // Empty where the bytes are damaged or were sealed for another client. Throws KeyUnavailable.
    [[nodiscard]] std::optional<Bytes> unseal(const Bytes& sealed, const Id& client) const;
    // The key that seals now. Throws KeyUnavailable.
    [[nodiscard]] const Bytes& key_id() const { return ring().current_id(); }
    // Whether what this key has sealed can be opened.
    [[nodiscard]] bool has(const Bytes& key_id) const;
    // Why there are no keys; empty where there are.
    [[nodiscard]] const std::string& refusal() const { return refusal_; }

    // From now on everything is sealed with a new key, which is in the file and on the disk. For
    // one thread. Throws NoNewKey, Unusable; then everything is as it was.
    void make_new_key();

private:
    explicit Sealer(KeyFile file) : file_(std::move(file)) {}
    [[nodiscard]] const KeyRing& ring() const;
    void use(KeyRing ring);
    void load(const std::optional<Bytes>& sealed_with);

    // Rings live until the sealer ends, since another thread may be sealing.
    struct Rings {
        std::vector<std::unique_ptr<const KeyRing>> all;
        std::atomic<const KeyRing*> current{nullptr};
    };
    KeyFile file_;
    std::string refusal_;
    std::unique_ptr<Rings> rings_ = std::make_unique<Rings>();
};

}  // namespace catalogd::catalog

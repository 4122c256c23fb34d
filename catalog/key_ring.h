// The key-encryption keys as their file holds them: 32 bytes each, one after the other, the current
// one first. Those behind it were current before: what was sealed with them, in the catalog or in
// a backup of any age, opens with them still, so none is ever dropped.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalog/records.h"

namespace catalogd::catalog {

inline constexpr std::size_t key_id_size = 8;

struct KeyFile {
    std::string path;
    // By who runs the daemon, and nobody else changes it. Its group may read it: systemd's access
    // list for a credential looks like that.
    bool given = false;
};

// In memory that is locked and wiped. Immutable: any number of threads may share it.
class KeyRing {
public:
    // Empty where there is no such file. Throws Unusable where it cannot be read, is open to
    // others, or does not hold whole keys.
    static std::optional<KeyRing> read(const KeyFile& file);

    // A new key in front of those of `older`.
    static KeyRing with_new_key(const KeyRing* older);

    // Puts the file in place, whole or not at all, for its owner alone. Throws Unusable.
    void write(const std::string& path) const;
    // The same where no file may be there yet. It belongs to its folder's owner where that can be.
    void write_new(const std::string& path) const;

    // First bytes of each key's BLAKE2b hash.
    [[nodiscard]] const std::vector<Bytes>& ids() const { return ids_; }
    [[nodiscard]] const Bytes& current_id() const { return ids_.front(); }
    // 32 bytes, valid as long as the ring.
    [[nodiscard]] const unsigned char* current() const { return memory_.get(); }
    // Null where the ring has no key of this id.
    [[nodiscard]] const unsigned char* find(const Bytes& id) const;

private:
    struct Wipe {
        void operator()(unsigned char* memory) const;
    };
    using Memory = std::unique_ptr<unsigned char, Wipe>;

    KeyRing(Memory memory, std::size_t keys);
    static Memory allocate(std::size_t keys);
    [[nodiscard]] std::string write_unfinished(const std::string& path) const;

    Memory memory_;
    std::vector<Bytes> ids_;
};

// As texts name a key.
std::string key_name(const Bytes& id);

}  // namespace catalogd::catalog

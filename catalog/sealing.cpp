#include "catalog/sealing.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "catalog/durable_file.h"
#include "catalog/failure.h"

namespace catalogd::catalog {
namespace {

constexpr std::size_t key_size = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t key_id_size = 8;

const unsigned char* bytes_of(const Bytes& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(Bytes& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

// What a box is bound to: moved to another row, column or key it does not open.
Bytes binding(const Id& client, const Bytes& key_id) {
    Bytes text("clients.session_key");
    text.append(client.begin(), client.end());
    return text += key_id;
}

Unusable unusable(const std::string& key_file, const std::string& reason) {
    return {Unusable::Kind::unsupported, "key file " + key_file + ": " + reason};
}

struct FreeKey {
    void operator()(unsigned char* key) const { sodium_free(key); }
};
using KeyMemory = std::unique_ptr<unsigned char, FreeKey>;

KeyMemory new_key_memory() {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium does not start");
    }
    KeyMemory key(static_cast<unsigned char*>(sodium_malloc(key_size)));
    if (!key) {
        throw std::bad_alloc();
    }
    return key;
}

// False where there is no such file.
bool read_key(const std::string& key_file, unsigned char* key) {
    const FileDescriptor file(::open(key_file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file && errno == ENOENT) {
        return false;
    }
    struct stat status{};
    if (!file || ::fstat(file.get(), &status) != 0) {
        throw unusable(key_file, std::strerror(errno));
    }
    if ((status.st_mode & 077U) != 0) {
        throw unusable(key_file, "others may read it; chmod 600 it");
    }
    if (status.st_size != static_cast<off_t>(key_size) ||
        ::read(file.get(), key, key_size) != static_cast<ssize_t>(key_size)) {
        throw unusable(key_file,
                       "does not hold the " + std::to_string(key_size) + " bytes of a key");
    }
    return true;
}

void make_key(const std::string& key_file, unsigned char* key) {
    randombytes_buf(key, key_size);
    // Under its name only when whole: the rest of a full disk's attempt must not stop every start.
    const std::string unfinished = key_file + ".unfinished";
    ::unlink(unfinished.c_str());
    write_new_file(unfinished, {reinterpret_cast<const char*>(key), key_size}, 0600);
    rename_durably(unfinished, key_file);
}

std::string hex(const Bytes& bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes_of(bytes), bytes.size());
    text.pop_back();
    return text;
}

}  // namespace

Sealer::Sealer(unsigned char* key) : key_(key), key_id_(key_id_size, '\0') {
    Bytes hash(crypto_generichash_BYTES, '\0');
    crypto_generichash(bytes_of(hash), hash.size(), key_, key_size, nullptr, 0);
    key_id_ = hash.substr(0, key_id_size);
    sodium_mprotect_readonly(key_);
}

Sealer::Sealer(Sealer&& other) noexcept
    : key_(std::exchange(other.key_, nullptr)), key_id_(std::move(other.key_id_)) {}

Sealer::~Sealer() {
    sodium_free(key_);
}

Sealer Sealer::open(const std::string& key_file, std::optional<Bytes> sealed_with) {
    KeyMemory key = new_key_memory();
    if (!read_key(key_file, key.get())) {
        if (sealed_with) {
            throw unusable(key_file,
                           "is missing, and the catalog's session keys are sealed with key " +
                               hex(*sealed_with) + "; put that file back");
        }
        make_key(key_file, key.get());
    }
    Sealer sealer(key.release());
    if (sealed_with && *sealed_with != sealer.key_id()) {
        throw unusable(key_file, "holds key " + hex(sealer.key_id()) +
                                     ", but the catalog is sealed with key " + hex(*sealed_with));
    }
    return sealer;
}

Bytes Sealer::seal(const Bytes& session_key, const Id& client) const {
    const Bytes bound = binding(client, key_id_);
    Bytes nonce(nonce_size, '\0');
    randombytes_buf(nonce.data(), nonce.size());
    Bytes box(session_key.size() + tag_size, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(box), nullptr, bytes_of(session_key),
                                               session_key.size(), bytes_of(bound), bound.size(),
                                               nullptr, bytes_of(nonce), key_);
    return key_id_ + nonce + box;
}

std::optional<Bytes> Sealer::unseal(const Bytes& sealed, const Id& client) const {
    if (sealed.size() < key_id_size + nonce_size + tag_size ||
        sealed.substr(0, key_id_size) != key_id_) {
        return {};
    }
    const Bytes bound = binding(client, key_id_);
    const Bytes nonce = sealed.substr(key_id_size, nonce_size);
    const Bytes box = sealed.substr(key_id_size + nonce_size);
    Bytes opened(box.size() - tag_size, '\0');
    const int status = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes_of(opened), nullptr, nullptr, bytes_of(box), box.size(), bytes_of(bound),
        bound.size(), bytes_of(nonce), key_);
    return status == 0 ? std::optional(opened) : std::nullopt;
}

}  // namespace catalogd::catalog

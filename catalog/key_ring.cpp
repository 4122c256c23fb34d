#include "catalog/key_ring.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "catalog/durable_file.h"
#include "catalog/failure.h"

namespace catalogd::catalog {
namespace {

constexpr std::size_t key_size = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t most_keys = 1'000;  // a rotation a day for three years

Unusable unusable(const std::string& path, const std::string& reason) {
    return {Unusable::Kind::unsupported, "key file " + path + ": " + reason};
}

Bytes id_of(const unsigned char* key) {
    Bytes hash(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(), key, key_size,
                       nullptr, 0);
    return hash.substr(0, key_id_size);
}

std::size_t keys_in(const KeyFile& file, const struct stat& status) {
    if ((status.st_mode & (file.given ? 007U : 077U)) != 0) {
        throw unusable(file.path, "others may read it; chmod 600 it");
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (!S_ISREG(status.st_mode) || size == 0 || size % key_size != 0 ||
        size / key_size > most_keys) {
        throw unusable(file.path,
                       "does not hold keys of " + std::to_string(key_size) + " bytes each");
    }
    return size / key_size;
}

}  // namespace

void KeyRing::Wipe::operator()(unsigned char* memory) const {
    sodium_free(memory);
}

KeyRing::Memory KeyRing::allocate(std::size_t keys) {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium does not start");
    }
    Memory memory(static_cast<unsigned char*>(sodium_allocarray(keys, key_size)));
    if (!memory) {
        throw std::bad_alloc();
    }
    return memory;
}

KeyRing::KeyRing(Memory memory, std::size_t keys) : memory_(std::move(memory)) {
    for (std::size_t i = 0; i < keys; ++i) {
        ids_.push_back(id_of(memory_.get() + i * key_size));
    }
    sodium_mprotect_readonly(memory_.get());
}

std::optional<KeyRing> KeyRing::read(const KeyFile& file) {
    const FileDescriptor open(
        ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!open && errno == ENOENT) {
        return {};
    }
    struct stat status{};
    if (!open || ::fstat(open.get(), &status) != 0) {
        throw unusable(file.path, std::strerror(errno));
    }
    const std::size_t keys = keys_in(file, status);
    Memory memory = allocate(keys);
    if (::read(open.get(), memory.get(), keys * key_size) !=
        static_cast<ssize_t>(keys * key_size)) {
        throw unusable(file.path, "cannot be read whole");
    }
    return KeyRing(std::move(memory), keys);
}

KeyRing KeyRing::with_new_key(const KeyRing* older) {
    const std::size_t kept = older != nullptr ? older->ids_.size() : 0;
    if (kept == most_keys) {
        throw Unusable(Unusable::Kind::unsupported,
                       "the key file holds " + std::to_string(most_keys) + " keys already");
    }
    Memory memory = allocate(kept + 1);
    randombytes_buf(memory.get(), key_size);
    if (older != nullptr) {
        std::memcpy(memory.get() + key_size, older->current(), kept * key_size);
    }
    return {std::move(memory), kept + 1};
}

// Under its name only when whole: what a full disk or a kill leaves must not stand for a key.
std::string KeyRing::write_unfinished(const std::string& path) const {
    std::string unfinished = path + ".unfinished";
    ::unlink(unfinished.c_str());
    write_new_file(unfinished,
                   {reinterpret_cast<const char*>(memory_.get()), ids_.size() * key_size}, 0600);
    return unfinished;
}

void KeyRing::write(const std::string& path) const {
    rename_durably(write_unfinished(path), path);
}

void KeyRing::write_new(const std::string& path) const {
    struct stat there{};
    if (::lstat(path.c_str(), &there) == 0) {
        throw unusable(path, "is there already, and is left as it is");
    }
    const std::string unfinished = write_unfinished(path);
    struct stat folder{};
    if (::geteuid() == 0 && ::stat(folder_of(path).c_str(), &folder) == 0 &&
        ::chown(unfinished.c_str(), folder.st_uid, folder.st_gid) != 0) {
        throw unusable(path, std::strerror(errno));
    }
    const bool linked = ::link(unfinished.c_str(), path.c_str()) == 0;
    const int error = errno;
    ::unlink(unfinished.c_str());
    if (!linked) {
        throw unusable(path, std::strerror(error));
    }
    sync_folder(folder_of(path));
}

const unsigned char* KeyRing::find(const Bytes& id) const {
    for (std::size_t i = 0; i < ids_.size(); ++i) {
        if (ids_[i] == id) {
            return memory_.get() + i * key_size;
        }
    }
    return nullptr;
}

std::string key_name(const Bytes& id) {
    std::string text(id.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(id.data()),
                   id.size());
    text.pop_back();
    return text;
}

}  // namespace catalogd::catalog

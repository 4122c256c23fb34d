#include "catalog/sealing.h"

#include <sodium.h>

#include "catalog/failure.h"

namespace catalogd::catalog {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

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

std::string names_of(const std::vector<Bytes>& ids) {
    std::string names;
    for (const Bytes& id : ids) {
        names += (names.empty() ? "" : ", ") + key_name(id);
    }
    return names;
}

}  // namespace

Sealer Sealer::open(KeyFile file, std::optional<Bytes> sealed_with) {
    Sealer sealer(std::move(file));
    try {
        sealer.load(sealed_with);
    } catch (const Unusable& failure) {
        sealer.refusal_ = failure.what();
    }
    return sealer;
}

void Sealer::load(const std::optional<Bytes>& sealed_with) {
    const std::string file = "key file " + file_.path;
    auto found = KeyRing::read(file_);
    if (!found && !sealed_with && !file_.given) {
        found = KeyRing::with_new_key(nullptr);
        found->write(file_.path);
    }
    if (!found) {
        refusal_ = file + " is missing" +
                   (sealed_with ? ", and the catalog's session keys are sealed with key " +
                                      key_name(*sealed_with) + "; put that file back"
                                : "");
    } else if (sealed_with && found->find(*sealed_with) == nullptr) {
        refusal_ = file + " holds key " + names_of(found->ids()) +
                   ", but the catalog is sealed with key " + key_name(*sealed_with);
    } else {
        use(std::move(*found));
    }
}

void Sealer::use(KeyRing ring) {
    rings_->all.push_back(std::make_unique<const KeyRing>(std::move(ring)));
    rings_->current = rings_->all.back().get();
}

const KeyRing& Sealer::ring() const {
    const KeyRing* ring = rings_->current;
    if (ring == nullptr) {
        throw KeyUnavailable{{}, refusal_};
    }
    return *ring;
}

bool Sealer::has(const Bytes& key_id) const {
    const KeyRing* ring = rings_->current;
    return ring != nullptr && ring->find(key_id) != nullptr;
}

void Sealer::make_new_key() {
    const KeyRing& known = ring();
    if (file_.given) {
        throw NoNewKey{{},
                       "the key file " + file_.path +
                           " is given, and its first key seals everything already; put a new "
                           "key in front of those in it and restart"};
    }
    const auto present = KeyRing::read(file_);
    if (!present || present->ids() != known.ids()) {
        throw NoNewKey{{},
                       "the key file " + file_.path +
                           " is not the one that was read at the start; restart catalogd, or "
                           "put that file back"};
    }
    KeyRing next = KeyRing::with_new_key(&known);
    next.write(file_.path);
    use(std::move(next));
}

Bytes Sealer::seal(const Bytes& session_key, const Id& client) const {
    const KeyRing& keys = ring();
    const Bytes bound = binding(client, keys.current_id());
    Bytes nonce(nonce_size, '\0');
    randombytes_buf(nonce.data(), nonce.size());
    Bytes box(session_key.size() + tag_size, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(box), nullptr, bytes_of(session_key),
                                               session_key.size(), bytes_of(bound), bound.size(),
                                               nullptr, bytes_of(nonce), keys.current());
    return keys.current_id() + nonce + box;
}

std::optional<Bytes> Sealer::unseal(const Bytes& sealed, const Id& client) const {
    const KeyRing& keys = ring();
    if (sealed.size() < key_id_size + nonce_size + tag_size) {
        return {};
    }
    const Bytes key_id = sealed.substr(0, key_id_size);
    const unsigned char* key = keys.find(key_id);
    if (key == nullptr) {
        throw KeyUnavailable{{},
                             "the session key is sealed with key " + key_name(key_id) +
                                 ", which the key file " + file_.path + " does not hold"};
    }
    const Bytes bound = binding(client, key_id);
    const Bytes nonce = sealed.substr(key_id_size, nonce_size);
    const Bytes box = sealed.substr(key_id_size + nonce_size);
    Bytes opened(box.size() - tag_size, '\0');
    const int status = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes_of(opened), nullptr, nullptr, bytes_of(box), box.size(), bytes_of(bound),
        bound.size(), bytes_of(nonce), key);
    return status == 0 ? std::optional(opened) : std::nullopt;
}

}  // namespace catalogd::catalog

#include "config/keys.h"

#include <algorithm>
#include <cctype>

#include "config/health_keys.h"
#include "config/http_keys.h"
#include "config/job_keys.h"
#include "config/opening_keys.h"
#include "config/serving_keys.h"

namespace catalogd::config {
namespace {

constexpr auto kKeys = [] {
    std::array<Key, kOpeningKeys.size() + kServingKeys.size() + kHealthKeys.size() +
                        kHttpKeys.size() + kJobKeys.size()>
        rows{};
    auto next = std::ranges::copy(kOpeningKeys, rows.begin()).out;
    next = std::ranges::copy(kServingKeys, next).out;
    next = std::ranges::copy(kHealthKeys, next).out;
    next = std::ranges::copy(kHttpKeys, next).out;
    std::ranges::copy(kJobKeys, next);
    return rows;
}();

constexpr std::array kRules{
    AtLeast{"database.wal_limit", "database.checkpoint_at",
            "the log would be full before it is ever checkpointed"},
    AtLeast{"writer.queue_bytes", "limits.frame", "the largest message could never be queued"},
};

std::string upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char letter) {
        return static_cast<char>(std::toupper(letter));
    });
    return out;
}

}  // namespace

std::string Key::full_name() const {
    return std::string(section) + "." + std::string(name);
}

std::string Key::environment() const {
    return "CATALOGD_" + upper(section) + "__" + upper(name);
}

std::span<const Key> keys() {
    return kKeys;
}

std::span<const AtLeast> rules() {
    return kRules;
}

const Key* find_key(std::string_view full_name) {
    const auto found = std::ranges::find(kKeys, full_name, &Key::full_name);
    return found == kKeys.end() ? nullptr : &*found;
}

std::size_t position(const Key& key) {
    return static_cast<std::size_t>(&key - kKeys.data());
}

std::vector<std::string_view> sections() {
    std::vector<std::string_view> names;
    for (const Key& key : kKeys) {
        if (names.empty() || names.back() != key.section) {
            names.push_back(key.section);
        }
    }
    return names;
}

}  // namespace catalogd::config

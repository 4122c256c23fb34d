#include "catalog/identifiers.h"

#include <sodium/randombytes.h>

#include <algorithm>

namespace catalogd::catalog {
namespace {

constexpr std::uint64_t low_mask = (std::uint64_t{1} << 62U) - 1;
constexpr std::int64_t latest = (std::int64_t{1} << 48U) - 1;

void put(Id& id, std::size_t at, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        id[at + i] = static_cast<std::uint8_t>(value >> (8 * (bytes - 1 - i)));
    }
}

Id version_7(std::int64_t time, std::uint64_t high, std::uint64_t low) {
    Id id{};
    put(id, 0, static_cast<std::uint64_t>(time), 6);
    put(id, 6, 0x7000U | high, 2);
    put(id, 8, (std::uint64_t{2} << 62U) | low, 8);
    return id;
}

}  // namespace

Id IdentifierSource::next(std::int64_t now) {
    if (now > last_time_) {
        last_time_ = now;
        std::array<std::uint64_t, 2> random{};
        randombytes_buf(random.data(), sizeof random);
        high_ = random[0] & 0xFFFU;
        // The top bit is left clear: room to count in.
        low_ = random[1] & (low_mask >> 1U);
    } else {
        low_ = (low_ + 1) & low_mask;
    }
    return version_7(last_time_, high_, low_);
}

Id file_id(const FileRecord& file) {
    return version_7(file.created, 0, static_cast<std::uint64_t>(file.number) & low_mask);
}

std::int64_t number_in(const Id& id) {
    std::uint64_t low = 0;
    for (std::size_t i = 8; i < id.size(); ++i) {
        low = low << 8U | id[i];
    }
    return static_cast<std::int64_t>(low & low_mask);
}

std::int64_t creation_time(std::int64_t now) {
    return std::clamp(now, std::int64_t{0}, latest);
}

}  // namespace catalogd::catalog

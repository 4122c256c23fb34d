#include "catalog/identifiers.h"

#include <sodium/randombytes.h>

namespace catalogd::catalog {
namespace {

constexpr std::uint64_t low_mask = (std::uint64_t{1} << 62U) - 1;

void put(Id& id, std::size_t at, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        id[at + i] = static_cast<std::uint8_t>(value >> (8 * (bytes - 1 - i)));
    }
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
    Id id{};
    put(id, 0, static_cast<std::uint64_t>(last_time_), 6);
    put(id, 6, 0x7000U | high_, 2);
    put(id, 8, (std::uint64_t{2} << 62U) | low_, 8);
    return id;
}

}  // namespace catalogd::catalog

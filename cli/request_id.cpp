#include "cli/request_id.h"

#include <sys/random.h>

#include <chrono>
#include <cstdint>

#include "protocol/values.h"

namespace catalogd::cli {
namespace {

// Milliseconds of the clock and a count below them, as one number that only grows, even where
// the clock is set back.
std::uint64_t next_moment() {
    using std::chrono::milliseconds;
    static std::uint64_t last = 0;
    const auto now = std::chrono::duration_cast<milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    const auto moment = static_cast<std::uint64_t>(now.count()) << 12U;
    last = moment > last ? moment : last + 1;
    return last;
}

}  // namespace

protocol::RequestId next_request_id() {
    protocol::Id id;
    if (getrandom(id.bytes.data(), id.bytes.size(), 0) != static_cast<ssize_t>(id.bytes.size())) {
        id.bytes.fill(0);  // in order all the same, and only this process repeats its own ids
    }
    const std::uint64_t moment = next_moment();
    // 48 bits of milliseconds, the version's 4, the 12 of the count.
    const std::uint64_t head = (moment >> 12U << 16U) | 0x7000U | (moment & 0xFFFU);
    for (std::size_t i = 0; i < 8; ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(head >> (56 - 8 * i));
    }
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
    return {protocol::to_text(id)};
}

}  // namespace catalogd::cli

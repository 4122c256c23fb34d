// Whether two calls are the same request, told without keeping either.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "protocol/codec.h"

namespace catalogd::protocol {

using Digest = std::array<std::uint8_t, 16>;

// BLAKE2b-128 over method and parameters. Equal where both are equal as JSON: the order of keys and
// members that are null do not count, nor does the `requestId` itself.
Digest digest_of(std::string_view method, Parameters parameters);

}  // namespace catalogd::protocol

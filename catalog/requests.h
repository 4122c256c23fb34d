// Exactly once: the replies to writes that their callers may repeat.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "catalog/transaction.h"

namespace catalogd::catalog::requests {

// A call as its caller names it.
struct Request {
    std::int64_t user = 0;  // the peer's
    std::string id;
    std::array<std::uint8_t, 16> digest{};  // of method and parameters
};

// The reply that this request got when it was applied; nothing where it has not been. Throws
// RequestIdReused where another one was applied under its id.
std::optional<std::string> find_reply(Connection& connection, const Request& request);

// In the transaction that applies it.
void keep_reply(WriteTransaction& transaction, const Request& request, const std::string& reply);

// How long a reply is kept: both hold.
struct Retention {
    std::int64_t milliseconds = 3'600'000;  // of running time
    std::int64_t calls = 1'000'000;
    bool operator==(const Retention&) const = default;
};

// Removes what has been kept long enough, oldest first, at most so many. Returns how many went.
std::int64_t remove_expired(WriteTransaction& transaction, const Retention& retention,
                            std::int64_t most);

}  // namespace catalogd::catalog::requests

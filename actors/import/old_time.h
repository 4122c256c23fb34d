// Times as the old server wrote them, in four forms.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace catalogd::actors::import {

// How many seconds the clocks of a place are ahead of UTC, at a moment in seconds since 1970.
using OffsetAt = std::function<std::int64_t(std::int64_t seconds)>;

// Of this machine's time zone.
std::int64_t offset_here(std::int64_t seconds);

// Milliseconds since 1970 in UTC; empty where the text is in none of the forms:
//   2025-01-10T12:00:00.123456+00:00Z   an offset, and a Z that says nothing more
//   2025-01-10T12:00:00.123456+00:00
//   2025-01-10 12:00:00                 as SQLite's own clock writes it, in UTC
//   2025-01-10T12:00:00.123456          in the time of the place where the server ran
std::optional<std::int64_t> read_old_time(std::string_view text, const OffsetAt& offset_at);

}  // namespace catalogd::actors::import

#pragma once

#include "config/keys.h"
#include "config/units.h"

/// What the rows of the table of keys are written with.
namespace catalogd::config {

template <typename S, auto section, auto member>
inline constexpr Field slot = S{
    [](Config& config) -> auto& { return (config.*section).*member; },
    [](const Config& config) -> const auto& { return (config.*section).*member; },
};

inline constexpr std::int64_t kAnyPath = 4095;
inline constexpr std::int64_t kSecond = 1000;
inline constexpr std::int64_t kMinute = 60 * kSecond;
inline constexpr std::int64_t kDay = 24 * 60 * kMinute;

}  // namespace catalogd::config

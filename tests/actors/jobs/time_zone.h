// Local time as a test wants it, until the object is gone; and moments written as people do.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <ctime>

#include "protocol/values.h"

namespace catalogd::actors {

class TimeZone {
public:
    explicit TimeZone(const char* name) {
        ::setenv("TZ", name, 1);
        ::tzset();
    }
    ~TimeZone() {
        ::unsetenv("TZ");
        ::tzset();
    }
    TimeZone(const TimeZone&) = delete;
    TimeZone& operator=(const TimeZone&) = delete;
};

// Central Europe's rules by themselves: no machine needs to have its files.
inline constexpr auto central_europe = "CET-1CEST,M3.5.0,M10.5.0/3";

// Milliseconds since 1970, of "2025-03-30T02:30:00+02:00".
inline std::int64_t at(const char* text) {
    return protocol::parse_time(text).value().milliseconds;
}

}  // namespace catalogd::actors

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "config/units.h"

namespace catalogd::config {

/// When something that the daemon does by itself is due, and in which hours of the day it may
/// begin. Minutes count from the local midnight.
struct Timetable {
    enum class Kind { Never, Every, Daily, Weekly };
    struct Window {
        int from = 0;
        int to = 0;
        bool operator==(const Window&) const = default;
    };
    Kind kind = Kind::Never;
    std::chrono::milliseconds interval{};  // of Every
    int weekday = 0;                       // of Weekly: 0 is Sunday
    int minute = 0;                        // of Daily and Weekly
    std::optional<Window> window;
    bool operator==(const Timetable&) const = default;
};

/// "every 6h", "daily 02:30", "weekly sun 03:00", each perhaps with " in 01:00-05:00" behind it, or
/// "never".
Result<Timetable> parse_timetable(std::string_view text);
std::string write_timetable(const Timetable& timetable);

}  // namespace catalogd::config

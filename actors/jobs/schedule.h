// When a job's time comes, and in which hours of the day it may begin: times of day are local ones.
//
// A time of day names one moment of each local day, however long the day is: where clocks go
// forward over it, it is as late by them as they went; where it comes twice, it is the first.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace catalogd::actors {

struct Schedule {
    enum class Kind { never, every, daily, weekly };
    Kind kind = Kind::never;
    std::chrono::milliseconds interval{};  // of `every`
    int weekday = 0;                       // of `weekly`: 0 is Sunday
    int minute = 0;                        // of the day; of `daily` and `weekly`
    bool operator==(const Schedule&) const = default;
};

// "every 6h", "daily 02:30", "weekly sun 03:00", "never".
std::string to_text(const Schedule& schedule);

// From one to the next: of `never` there is none.
std::chrono::milliseconds period_of(const Schedule& schedule);

// The newest time of a daily or weekly schedule that is not after `wall`, and the first after it;
// milliseconds since 1970.
std::int64_t occurrence_before(const Schedule& schedule, std::int64_t wall);
std::int64_t occurrence_after(const Schedule& schedule, std::int64_t wall);

// Minutes of the local day, `to` no longer among them. Where `to` is not later than `from`, it is
// one of the next day.
struct Window {
    int from = 0;
    int to = 0;
    bool operator==(const Window&) const = default;
};

// "01:00-05:00"
std::string to_text(const Window& window);

// How much of it has passed, from 0 up to but not including 1; empty while it is closed.
std::optional<double> passed_of(const Window& window, std::int64_t wall);

}  // namespace catalogd::actors

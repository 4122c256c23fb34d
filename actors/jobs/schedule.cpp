#include "actors/jobs/schedule.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace catalogd::actors {
namespace {

constexpr int minutes_of_day = 24 * 60;
constexpr std::array weekdays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

std::tm local_of(std::int64_t wall) {
    const std::time_t seconds = (wall - (wall % 1000 + 1000) % 1000) / 1000;
    std::tm local{};
    ::localtime_r(&seconds, &local);
    return local;
}

std::int64_t moment_of(std::tm local, int summer) {
    local.tm_isdst = summer;
    return std::int64_t{std::mktime(&local)} * 1000;
}

// The moment of a day that lies so many days from the given one. (Left to find out by itself
// whether it is summer, mktime says now this and now that of a time that comes twice.)
std::int64_t moment_of(const std::tm& day, int days, int minute) {
    std::tm local{};
    local.tm_year = day.tm_year;
    local.tm_mon = day.tm_mon;
    local.tm_mday = day.tm_mday + days;
    local.tm_hour = minute / 60;
    local.tm_min = minute % 60;
    const std::int64_t in_summer = moment_of(local, 1);
    const std::tm found = local_of(in_summer);
    const bool is_summer = found.tm_isdst > 0 && found.tm_hour * 60 + found.tm_min == minute;
    return is_summer ? in_summer : moment_of(local, 0);
}

bool falls_on(const Schedule& schedule, const std::tm& day, int days) {
    const int weekday = ((day.tm_wday + days) % 7 + 7) % 7;
    return schedule.kind == Schedule::Kind::daily || weekday == schedule.weekday;
}

std::string time_text(int minute) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", minute / 60 % 24, minute % 60);
    return text.data();
}

std::string interval_text(std::chrono::milliseconds interval) {
    struct Unit {
        const char* name;
        std::int64_t worth;
    };
    constexpr std::array units{Unit{"d", 86'400'000}, Unit{"h", 3'600'000}, Unit{"m", 60'000},
                               Unit{"s", 1'000}};
    for (const Unit& unit : units) {
        if (interval.count() % unit.worth == 0) {
            return std::to_string(interval.count() / unit.worth) + unit.name;
        }
    }
    return std::to_string(interval.count()) + "ms";
}

}  // namespace

std::string to_text(const Schedule& schedule) {
    switch (schedule.kind) {
        case Schedule::Kind::never:
            break;
        case Schedule::Kind::every:
            return "every " + interval_text(schedule.interval);
        case Schedule::Kind::daily:
            return "daily " + time_text(schedule.minute);
        case Schedule::Kind::weekly:
            return std::string("weekly ") +
                   weekdays.at(static_cast<std::size_t>(schedule.weekday)) + ' ' +
                   time_text(schedule.minute);
    }
    return "never";
}

std::chrono::milliseconds period_of(const Schedule& schedule) {
    switch (schedule.kind) {
        case Schedule::Kind::never:
            break;
        case Schedule::Kind::every:
            return schedule.interval;
        case Schedule::Kind::daily:
            return std::chrono::hours(24);
        case Schedule::Kind::weekly:
            return std::chrono::hours(24 * 7);
    }
    return std::chrono::milliseconds::max();
}

// A day more than a week on either side: what the clocks do to a day may move it over midnight.
std::int64_t occurrence_before(const Schedule& schedule, std::int64_t wall) {
    const std::tm today = local_of(wall);
    for (int days = 1; days > -8; --days) {
        const std::int64_t moment = moment_of(today, days, schedule.minute);
        if (falls_on(schedule, today, days) && moment <= wall) {
            return moment;
        }
    }
    return moment_of(today, -8, schedule.minute);
}

std::int64_t occurrence_after(const Schedule& schedule, std::int64_t wall) {
    const std::tm today = local_of(wall);
    for (int days = -1; days < 8; ++days) {
        const std::int64_t moment = moment_of(today, days, schedule.minute);
        if (falls_on(schedule, today, days) && moment > wall) {
            return moment;
        }
    }
    return moment_of(today, 8, schedule.minute);
}

std::string to_text(const Window& window) {
    return time_text(window.from) + '-' + time_text(window.to);
}

std::optional<double> passed_of(const Window& window, std::int64_t wall) {
    const std::tm local = local_of(wall);
    const int from_begin =
        (local.tm_hour * 60 + local.tm_min - window.from + minutes_of_day) % minutes_of_day;
    int length = (window.to - window.from + minutes_of_day) % minutes_of_day;
    length = length == 0 ? minutes_of_day : length;
    return from_begin < length ? std::optional(static_cast<double>(from_begin) / length)
                               : std::nullopt;
}

}  // namespace catalogd::actors

#include "config/timetable.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "config/characters.h"

namespace catalogd::config {
namespace {

constexpr std::array<std::string_view, 7> kDays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::chrono::milliseconds kShortest = std::chrono::seconds(10);
constexpr std::chrono::milliseconds kLongest = std::chrono::hours(24 * 365);

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t end = text.find(' ');
        words.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return words;
        }
        text.remove_prefix(end + 1);
    }
}

/// "02:30"
std::optional<int> parse_time_of_day(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] - '0'; };
    const bool formed =
        text.size() == 5 && text[2] == ':' &&
        std::ranges::all_of(std::array<std::size_t, 4>{0, 1, 3, 4},
                            [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; });
    if (!formed) {
        return {};
    }
    const int hours = 10 * digit(0) + digit(1);
    const int minutes = 10 * digit(3) + digit(4);
    return hours < 24 && minutes < 60 ? std::optional(60 * hours + minutes) : std::nullopt;
}

/// "01:00-05:00"
std::optional<Timetable::Window> parse_window(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) {
        return {};
    }
    const auto from = parse_time_of_day(text.substr(0, dash));
    const auto to = parse_time_of_day(text.substr(dash + 1));
    return from && to ? std::optional(Timetable::Window{*from, *to}) : std::nullopt;
}

std::optional<int> parse_weekday(std::string_view text) {
    const auto* found = std::ranges::find(kDays, text);
    return found != kDays.end() ? std::optional(static_cast<int>(found - kDays.begin()))
                                : std::nullopt;
}

Refusal malformed(std::string_view text) {
    return {
        "expected a time such as every 6h, daily 02:30, weekly sun 03:00 or never, perhaps with "
        "in 01:00-05:00 behind it; got " +
        shown(text)};
}

std::string time_of_day(int minute) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", minute / 60, minute % 60);
    return text.data();
}

/// The words before the window.
Result<Timetable> parse_times(const std::vector<std::string_view>& words, std::string_view text) {
    using Kind = Timetable::Kind;
    Timetable times;
    if (words.size() == 2 && words[0] == "every") {
        const auto interval = parse_duration(words[1]);
        if (const auto* refusal = std::get_if<Refusal>(&interval)) {
            return *refusal;
        }
        times.kind = Kind::Every;
        times.interval = std::get<std::chrono::milliseconds>(interval);
        if (times.interval < kShortest || times.interval > kLongest) {
            return Refusal{"an interval must be 10s to 365d, is " + std::string(words[1])};
        }
        return times;
    }
    const bool weekly = words.size() == 3 && words[0] == "weekly";
    const auto weekday = weekly ? parse_weekday(words[1]) : std::optional(0);
    const auto minute = parse_time_of_day(words.back());
    if ((!weekly && (words.size() != 2 || words[0] != "daily")) || !weekday || !minute) {
        return malformed(text);
    }
    times.kind = weekly ? Kind::Weekly : Kind::Daily;
    times.weekday = *weekday;
    times.minute = *minute;
    return times;
}

}  // namespace

Result<Timetable> parse_timetable(std::string_view text) {
    if (text == "never") {
        return Timetable{};
    }
    std::vector<std::string_view> words = words_of(text);
    std::optional<Timetable::Window> window;
    if (words.size() > 2 && words[words.size() - 2] == "in") {
        window = parse_window(words.back());
        if (!window) {
            return malformed(text);
        }
        words.resize(words.size() - 2);
    }
    Result<Timetable> parsed = parse_times(words, text);
    if (auto* times = std::get_if<Timetable>(&parsed)) {
        times->window = window;
    }
    return parsed;
}

std::string write_timetable(const Timetable& timetable) {
    std::string text = "never";
    switch (timetable.kind) {
        case Timetable::Kind::Never:
            return text;
        case Timetable::Kind::Every:
            text = "every " + write_duration(timetable.interval);
            break;
        case Timetable::Kind::Daily:
            text = "daily " + time_of_day(timetable.minute);
            break;
        case Timetable::Kind::Weekly:
            text = "weekly " + std::string(kDays.at(static_cast<std::size_t>(timetable.weekday))) +
                   " " + time_of_day(timetable.minute);
            break;
    }
    if (timetable.window) {
        text +=
            " in " + time_of_day(timetable.window->from) + "-" + time_of_day(timetable.window->to);
    }
    return text;
}

}  // namespace catalogd::config

#include <array>

#include "protocol/values.h"

namespace catalogd::protocol {
namespace {

constexpr std::int64_t milliseconds_per_day = 86'400'000;

// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years that
// begin on 1 March, so that the leap day is a year's last (H. Hinnant, "chrono-Compatible
// Low-Level Date Algorithms").
constexpr std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto year_of_era = static_cast<unsigned>(year - era * 400);
    const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const unsigned day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + static_cast<std::int64_t>(day_of_era) - 719'468;
}

struct Civil {
    std::int64_t year;
    unsigned month;
    unsigned day;
};

constexpr Civil civil_from_days(std::int64_t days) {
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const auto day_of_era = static_cast<unsigned>(days - era * 146'097);
    const unsigned year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const unsigned day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const unsigned shifted_month = (5 * day_of_year + 2) / 153;
    const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0), month,
            day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

constexpr unsigned days_in_month(std::int64_t year, unsigned month) {
    constexpr std::array<unsigned, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

// Reads a text of fixed-width fields from left to right; `ok` turns false for good.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    unsigned digits(std::size_t count) {
        unsigned value = 0;
        if (rest_.size() < count) {
            ok_ = false;
            return 0;
        }
        for (const char c : rest_.substr(0, count)) {
            ok_ = ok_ && c >= '0' && c <= '9';
            value = value * 10 + static_cast<unsigned>(c - '0');
        }
        rest_.remove_prefix(count);
        return value;
    }

    char any_of(std::string_view choices) {
        if (rest_.empty() || choices.find(rest_.front()) == std::string_view::npos) {
            ok_ = false;
            return '\0';
        }
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    // The first three decimals after a point, if there is one; further ones are cut.
    unsigned fraction() {
        if (rest_.empty() || rest_.front() != '.') {
            return 0;
        }
        rest_.remove_prefix(1);
        unsigned value = 0;
        std::size_t count = 0;
        for (; count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9'; ++count) {
            if (count < 3) {
                value = value * 10 + static_cast<unsigned>(rest_[count] - '0');
            }
        }
        ok_ = ok_ && count > 0;
        for (std::size_t missing = count; missing < 3; ++missing) {
            value *= 10;
        }
        rest_.remove_prefix(count);
        return value;
    }

    void fail_unless(bool condition) { ok_ = ok_ && condition; }
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

private:
    std::string_view rest_;
    bool ok_ = true;
};

// Milliseconds that the clock at this offset is ahead of UTC.
std::int64_t scan_offset(Scanner& scanner) {
    const char sign = scanner.any_of("Zz+-");
    if (!scanner.ok() || sign == 'Z' || sign == 'z') {
        return 0;
    }
    const unsigned hours = scanner.digits(2);
    scanner.any_of(":");
    const unsigned minutes = scanner.digits(2);
    scanner.fail_unless(hours <= 23 && minutes <= 59);
    const std::int64_t offset = static_cast<std::int64_t>(hours * 60 + minutes) * 60'000;
    return sign == '-' ? -offset : offset;
}

constexpr std::int64_t earliest = days_from_civil(0, 1, 1) * milliseconds_per_day;
constexpr std::int64_t latest = days_from_civil(10'000, 1, 1) * milliseconds_per_day - 1;

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
    const std::string digits = std::to_string(value);
    out.append(width > digits.size() ? width - digits.size() : 0, '0');
    out += digits;
}

}  // namespace

std::string to_text(Time time) {
    std::int64_t days = time.milliseconds / milliseconds_per_day;
    std::int64_t rest = time.milliseconds % milliseconds_per_day;
    if (rest < 0) {
        rest += milliseconds_per_day;
        --days;
    }
    const Civil date = civil_from_days(days);
    std::string text;
    text.reserve(24);
    append_padded(text, date.year, 4);
    append_padded(text += '-', date.month, 2);
    append_padded(text += '-', date.day, 2);
    append_padded(text += 'T', rest / 3'600'000, 2);
    append_padded(text += ':', rest / 60'000 % 60, 2);
    append_padded(text += ':', rest / 1'000 % 60, 2);
    append_padded(text += '.', rest % 1'000, 3);
    return text += 'Z';
}

std::optional<Time> parse_time(std::string_view text) {
    Scanner scanner(text);
    const unsigned year = scanner.digits(4);
    scanner.any_of("-");
    const unsigned month = scanner.digits(2);
    scanner.any_of("-");
    const unsigned day = scanner.digits(2);
    scanner.any_of("Tt ");
    const unsigned hour = scanner.digits(2);
    scanner.any_of(":");
    const unsigned minute = scanner.digits(2);
    scanner.any_of(":");
    const unsigned second = scanner.digits(2);
    const unsigned fraction = scanner.fraction();
    const std::int64_t offset = scan_offset(scanner);
    scanner.fail_unless(month >= 1 && month <= 12 && hour <= 23 && minute <= 59 && second <= 60);
    if (!scanner.ok() || !scanner.at_end() || day < 1 || day > days_in_month(year, month)) {
        return {};
    }
    const std::int64_t seconds = static_cast<std::int64_t>(hour * 3600 + minute * 60 + second);
    const Time time{days_from_civil(year, month, day) * milliseconds_per_day + seconds * 1'000 +
                    fraction - offset};
    if (time.milliseconds < earliest || time.milliseconds > latest) {
        return {};
    }
    return time;
}

std::string to_text(const TimeOrDay& when) {
    const std::string begin = to_text(when.begin);
    constexpr std::size_t date = 10;
    return when.begin == when.end ? begin : begin.substr(0, date);
}

std::optional<TimeOrDay> parse_time_or_day(std::string_view text) {
    constexpr std::size_t date = 10;
    if (text.size() != date) {
        const auto time = parse_time(text);
        return time ? std::optional(TimeOrDay{*time, *time}) : std::nullopt;
    }
    const auto midnight = parse_time(std::string(text) + "T00:00:00Z");
    if (!midnight) {
        return {};
    }
    return TimeOrDay{*midnight, {midnight->milliseconds + milliseconds_per_day - 1}};
}

}  // namespace catalogd::protocol

#include "config/timetable.h"

#include <gtest/gtest.h>

namespace catalogd::config {
namespace {

std::string read_and_written(std::string_view text) {
    const auto parsed = parse_timetable(text);
    const auto* refusal = std::get_if<Refusal>(&parsed);
    return refusal != nullptr ? refusal->reason : write_timetable(std::get<Timetable>(parsed));
}

TEST(Timetables, AreWrittenAsTheyAreRead) {
    for (const char* const text :
         {"never", "every 6h", "every 10s", "daily 02:30", "daily 00:00", "daily 23:59",
          "weekly sun 03:00", "weekly sat 12:01", "every 6h in 01:00-05:00",
          "daily 02:30 in 22:00-04:00", "weekly mon 03:00 in 00:00-00:00"}) {
        EXPECT_EQ(read_and_written(text), text);
    }
    EXPECT_EQ(read_and_written("every 120m"), "every 2h");
}

TEST(Timetables, HoldWhatTheySay) {
    const auto table = std::get<Timetable>(parse_timetable("weekly tue 03:05 in 22:00-04:00"));
    EXPECT_EQ(table.kind, Timetable::Kind::Weekly);
    EXPECT_EQ(table.weekday, 2);
    EXPECT_EQ(table.minute, 185);
    EXPECT_EQ(table.window, (Timetable::Window{1320, 240}));
}

TEST(Timetables, OfAnotherFormAreRefusedWithExamples) {
    for (const char* const text :
         {"", "daily", "daily 2:30", "daily 24:00", "daily 12:60", "daily 02:30 ", "daily  02:30",
          "Daily 02:30", "weekly 03:00", "weekly sunday 03:00", "weekly sun", "hourly",
          "daily 02:30 in", "daily 02:30 in 01:00", "daily 02:30 in 01:00-25:00",
          "daily 02:30 on 01:00-05:00", "never in 01:00-05:00", "in 01:00-05:00", "daily ab:cd"}) {
        EXPECT_EQ(read_and_written(text).substr(0, 30), "expected a time such as every ") << text;
    }
}

TEST(Timetables, OfIntervalsHaveUnitsAndBounds) {
    EXPECT_NE(read_and_written("every 6").find("needs a unit"), std::string::npos);
    EXPECT_NE(read_and_written("every 9s").find("10s to 365d"), std::string::npos);
    EXPECT_NE(read_and_written("every 366d").find("10s to 365d"), std::string::npos);
}

}  // namespace
}  // namespace catalogd::config

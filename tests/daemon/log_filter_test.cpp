#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <sstream>

#include "daemon/logging.h"

namespace catalogd::daemon {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;

// A log whose clock stands still until told.
class LogFilter : public testing::Test {
protected:
    LogFilter() { logger_.set_pattern("%l %v"); }

    void log(const std::string& text, spdlog::level::level_enum level = spdlog::level::info) {
        logger_.log(level, spdlog::string_view_t(text));
    }
    void pass(std::chrono::steady_clock::duration time) { now_ += time; }

    std::vector<std::string> lines() {
        std::vector<std::string> lines;
        std::istringstream written(written_.str());
        for (std::string line; std::getline(written, line);) {
            lines.push_back(line);
        }
        return lines;
    }

private:
    std::chrono::steady_clock::time_point now_{};
    std::ostringstream written_;
    spdlog::logger logger_{"test", std::make_shared<RepeatFilter>(
                                       std::make_shared<spdlog::sinks::ostream_sink_st>(written_),
                                       [this] { return now_; })};
};

TEST_F(LogFilter, WritesALineWithItsLevel) {
    log("the disk is full", spdlog::level::err);
    EXPECT_THAT(lines(), ElementsAre("error the disk is full"));
}

TEST_F(LogFilter, HoldsBackAnEqualLineWithinAMinute) {
    log("again");
    pass(seconds(59));
    log("again");
    EXPECT_THAT(lines(), ElementsAre("info again"));
}

TEST_F(LogFilter, WritesALineAgainAfterAMinuteAndTellsHowManyWereHeldBack) {
    log("again");
    log("again");
    log("again");
    pass(minutes(1));
    log("again");
    EXPECT_THAT(lines(), ElementsAre("info again", "info again (and 2 times more before)"));
}

TEST_F(LogFilter, CountsAnewAfterItHasTold) {
    log("again");
    log("again");
    pass(minutes(1));
    log("again");
    pass(minutes(1));
    log("again");
    EXPECT_THAT(lines(),
                ElementsAre("info again", "info again (and 1 times more before)", "info again"));
}

TEST_F(LogFilter, TheMinuteBeginsWithTheLineThatWasWritten) {
    log("again");
    pass(seconds(40));
    log("again");
    pass(seconds(20));
    log("again");
    EXPECT_EQ(lines().size(), 2);
}

TEST_F(LogFilter, LetsDifferentLinesThrough) {
    log("one");
    log("two");
    log("one");
    EXPECT_THAT(lines(), ElementsAre("info one", "info two"));
}

TEST_F(LogFilter, ForgetsTheOldestOfVeryManyLines) {
    log("old");
    pass(seconds(1));
    log("young");
    for (int i = 0; i < 255; ++i) {
        pass(std::chrono::milliseconds(1));
        log("line " + std::to_string(i));
    }
    const std::size_t before = lines().size();
    log("young");
    EXPECT_EQ(lines().size(), before) << "a young line was forgotten";
    log("old");
    EXPECT_EQ(lines().size(), before + 1) << "the oldest line was remembered";
}

TEST_F(LogFilter, WritesNoControlCharacter) {
    log("one\nline \x1b[31m");
    EXPECT_THAT(lines(), ElementsAre("info one\\x0aline \\x1b[31m"));
}

TEST(Printable, LeavesTextAloneInAnyLanguage) {
    EXPECT_EQ(printable("grün, 日本 and \xC2\xA0"), "grün, 日本 and \xC2\xA0");
}

TEST(Printable, EscapesEveryControlCharacterOfAscii) {
    EXPECT_EQ(printable(std::string_view("\0\t\r\x1f\x7f~", 6)), "\\x00\\x09\\x0d\\x1f\\x7f~");
}

TEST(Printable, EscapesTheControlCharactersBeyondAsciiWhole) {
    EXPECT_EQ(printable("\xC2\x80 \xC2\x9B \xC2\x9F"), "\\xc2\\x80 \\xc2\\x9b \\xc2\\x9f");
}

TEST(Printable, TakesNoPartOfALetterForAControlCharacter) {
    EXPECT_EQ(printable("\xC3\x9B \xE2\x82\x9B"), "\xC3\x9B \xE2\x82\x9B");
}

}  // namespace
}  // namespace catalogd::daemon

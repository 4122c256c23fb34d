#include "actors/jobs/turn.h"

#include <gtest/gtest.h>

#include "tests/actors/jobs/time_zone.h"

namespace catalogd::actors {
namespace {

class Turns : public testing::Test {
protected:
    [[nodiscard]] Turn turn(Patience patience) const {
        return turn_of(patience, window, circumstances);
    }
    void at_time(const char* time) { circumstances.wall = at(time); }

    std::optional<Window> window = Window{60, 300};
    Circumstances circumstances{.wall = at("2025-01-10T01:30:00Z")};

private:
    const TimeZone zone_{"UTC"};
};

TEST_F(Turns, ComeAtOnceInAnOpenWindowWhileItIsQuiet) {
    for (const Patience patience : {Patience::none, Patience::until_late, Patience::forgo}) {
        EXPECT_EQ(turn(patience), Turn::begin);
    }
}

TEST_F(Turns, ComeInAnOpenWindowAlone) {
    at_time("2025-01-10T12:00:00Z");
    for (const Patience patience : {Patience::none, Patience::until_late, Patience::forgo}) {
        EXPECT_EQ(turn(patience), Turn::wait);
    }
}

TEST_F(Turns, WaitWhileTheServerHoldsMaintenance) {
    circumstances.held = true;
    for (const Patience patience : {Patience::none, Patience::until_late, Patience::forgo}) {
        EXPECT_EQ(turn(patience), Turn::wait);
    }
}

TEST_F(Turns, WaitForTheQuietAndComeLateInTheWindowWithoutIt) {
    circumstances.quiet = false;
    EXPECT_EQ(turn(Patience::none), Turn::begin);
    EXPECT_EQ(turn(Patience::until_late), Turn::wait);
    EXPECT_EQ(turn(Patience::forgo), Turn::wait);
    at_time("2025-01-10T04:00:00Z");
    EXPECT_EQ(turn(Patience::until_late), Turn::begin);
    EXPECT_EQ(turn(Patience::forgo), Turn::wait);
}

TEST_F(Turns, AreForgoneOnceAWindowHasClosedThatWasOpen) {
    circumstances.quiet = false;
    at_time("2025-01-10T05:00:00Z");
    EXPECT_EQ(turn(Patience::forgo), Turn::wait) << "it has not been open yet";
    circumstances.opened = true;
    EXPECT_EQ(turn(Patience::forgo), Turn::forgo);
    EXPECT_EQ(turn(Patience::until_late), Turn::wait);
}

TEST_F(Turns, WithoutAWindowWaitAnHourForTheQuiet) {
    window.reset();
    circumstances.quiet = false;
    circumstances.waited = std::chrono::minutes(59);
    EXPECT_EQ(turn(Patience::until_late), Turn::wait);
    EXPECT_EQ(turn(Patience::forgo), Turn::wait);
    circumstances.waited = std::chrono::minutes(60);
    EXPECT_EQ(turn(Patience::until_late), Turn::begin);
    EXPECT_EQ(turn(Patience::forgo), Turn::forgo);
}

}  // namespace
}  // namespace catalogd::actors

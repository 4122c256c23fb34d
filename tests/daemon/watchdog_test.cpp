#include "daemon/watchdog.h"

#include <gtest/gtest.h>

namespace catalogd::daemon {
namespace {

struct WatchdogTest : testing::Test {
    boost::asio::io_context io;
    std::chrono::nanoseconds worked{0};
    int fed = 0;
    Watchdog watchdog{io, [this] { return worked; }, [this] { ++fed; }};
};

TEST_F(WatchdogTest, IsFedWhileTheFigureGrows) {
    for (int i = 1; i <= 3; ++i) {
        worked += std::chrono::nanoseconds(1);
        watchdog.look();
        EXPECT_EQ(fed, i);
    }
}

TEST_F(WatchdogTest, IsFedNoMoreOnceTheFigureStays) {
    watchdog.look();
    watchdog.look();
    watchdog.look();
    EXPECT_EQ(fed, 1);
}

TEST_F(WatchdogTest, IsFedAgainWhenTheFigureGrowsAgain) {
    watchdog.look();
    watchdog.look();
    worked += std::chrono::seconds(1);
    watchdog.look();
    EXPECT_EQ(fed, 2);
}

}  // namespace
}  // namespace catalogd::daemon

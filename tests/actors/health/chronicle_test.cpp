// What of the daemon's own figures goes into the history of metrics.
#include "actors/health/chronicle.h"

#include <gtest/gtest.h>

namespace catalogd::actors::health {
namespace {

using Samples = std::vector<protocol::metrics::Sample>;

class ChronicleTest : public testing::Test {
protected:
    Samples after(std::chrono::seconds time) {
        figures_.at += time;
        return chronicle_.note(figures_, recent_);
    }
    static double value(const Samples& samples, std::string_view name) {
        for (const auto& sample : samples) {
            if (sample.name.value == name) {
                return sample.value;
            }
        }
        throw std::out_of_range(std::string(name));
    }

    Chronicle chronicle_;
    Figures figures_;
    Recent recent_;
};

TEST_F(ChronicleTest, TellsOnceAMinute) {
    int told = 0;
    for (int second = 0; second <= 180; ++second) {
        told += after(std::chrono::seconds(1)).empty() ? 0 : 1;
    }
    EXPECT_EQ(told, 3);
}

TEST_F(ChronicleTest, TellsRatesOfThatMinuteAndSizesOfItsEnd) {
    after(std::chrono::seconds(0));
    figures_.readers.answered = 600;
    figures_.writer.operations = 120;
    figures_.database_bytes = 4096;
    recent_.commit_p99_ms = 7;
    const Samples first = after(std::chrono::seconds(60));
    EXPECT_EQ(value(first, "catalogd.reads_per_second"), 10);
    EXPECT_EQ(value(first, "catalogd.writes_per_second"), 2);
    EXPECT_EQ(value(first, "catalogd.database_bytes"), 4096);
    EXPECT_EQ(value(first, "catalogd.commit_p99_ms"), 7);
    EXPECT_EQ(value(after(std::chrono::seconds(60)), "catalogd.reads_per_second"), 0);
}

TEST_F(ChronicleTest, LeavesOutWhatNobodyCanTell) {
    after(std::chrono::seconds(0));
    EXPECT_THROW(value(after(std::chrono::seconds(60)), "catalogd.disk_free_bytes"),
                 std::out_of_range);
}

}  // namespace
}  // namespace catalogd::actors::health

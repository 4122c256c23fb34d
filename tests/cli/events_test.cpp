#include "protocol/events.h"

#include "protocol/health.h"
#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;

class EventsTest : public CommandTest {
protected:
    // A snapshot and one event, and then the daemon stops.
    void know() {
        const auto event = [](std::string_view type, std::string_view data) {
            const protocol::health::Watch::Reply reply{
                {protocol::events::to_json({type, {}, "e-1", "e-1", {1'700'000'000'000}, data})}};
            return reply_frame(reply, true);
        };
        const std::string frames =
            event("io.catalogd.snapshot", R"({"health":{"status":"warn"}})") +
            event("io.catalogd.job.started", R"({"id":1,"job":"backup"})") +
            event("io.catalogd.heartbeat", "{}") + error_frame(protocol::errors::Busy{1'000});
        daemon_.on("io.catalogd.Health.Watch", [frames](const auto&, int) { return frames; });
    }
};

TEST_F(EventsTest, AreALineEach) {
    know();
    EXPECT_EQ(run({"events", "follow"}), ExitCode::again);
    EXPECT_EQ(out_.str(),
              "2023-11-14 22:13:20Z  snapshot                \"warn\"\n"
              "2023-11-14 22:13:20Z  job.started             {\"id\":1,\"job\":\"backup\"}\n"
              "2023-11-14 22:13:20Z  heartbeat\n");
}

TEST_F(EventsTest, AreTheWholeCloudEventForAProgram) {
    know();
    run({"events", "follow", "--json"});
    EXPECT_EQ(lines(), 3);
    EXPECT_THAT(out_.str(), testing::HasSubstr(R"("type":"io.catalogd.job.started","time")"));
}

TEST_F(EventsTest, AreThoseThatAreAskedFor) {
    know();
    run({"events", "follow", "--type", "io.catalogd.job.*", "--type", "io.catalogd.sample",
         "--after", "e-00000000000000000017"});
    EXPECT_THAT(daemon_.calls(),
                ElementsAre("io.catalogd.Health.Watch {\"types\":[\"io.catalogd.job.*\","
                            "\"io.catalogd.sample\"],\"after\":\"e-00000000000000000017\"} more"));
}

}  // namespace
}  // namespace catalogd::cli

// io.catalogd.Metrics as its caller sees it: what a call may hold, and what comes back.
#include <array>

#include "tests/endpoints/contract_names.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

constexpr auto record = "io.catalogd.Metrics.Record";
constexpr auto history = "io.catalogd.Metrics.History";
constexpr auto trim = "io.catalogd.Metrics.Trim";

class MetricsCalls : public testing::Test {
protected:
    static json::object sample(const json::value& name, const json::value& value,
                               const json::value& at = {}) {
        return {{"name", name}, {"value", value}, {"at", at}};
    }
    Reply record_samples(const json::array& samples) {
        return peer.call(record, {{"samples", samples}});
    }
    // As text: sent and shown.
    std::string value_shown(const std::string& value) {
        peer.send_frame(R"({"method":"io.catalogd.Metrics.Record","parameters":{"samples":)"
                        R"([{"name":"v","value":)" +
                        value + "}]}}");
        if (const Reply reply = peer.receive(); !reply.error.empty()) {
            return reply.error;
        }
        const Reply shown = peer.call(history, {{"name", "v"}});
        peer.call(trim, {{"before", "9999-12-31"}});
        return json::serialize(shown.parameters.at("points").as_array().back().at("value"));
    }
    json::value names() {
        return peer.call("io.catalogd.Metrics.ListNames").parameters.at("names");
    }

    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
};

TEST_F(MetricsCalls, AreRecordedAndShownWithTheirTimes) {
    EXPECT_THAT(record_samples({sample("load", 0.5, "2025-01-31T23:59:59+01:00"),
                                sample("load", 2, "2025-03-01T00:00:00.0009Z")}),
                Has("/recorded", 2));
    const Reply reply = peer.call(history, {{"name", "load"}});
    EXPECT_THAT(reply, Has("/points/0/at", "2025-01-31T22:59:59.000Z"));
    EXPECT_THAT(reply, Has("/points/0/value", 0.5));
    EXPECT_THAT(reply, Has("/points/1/at", "2025-03-01T00:00:00.000Z"));
}

TEST_F(MetricsCalls, OfAnyDayOfTheMonthAreInTheWindowsThatHoldIt) {
    for (int of_month = 1; of_month <= 31; ++of_month) {
        const std::string date =
            "2025-01-" + std::string(of_month < 10 ? "0" : "") + std::to_string(of_month);
        record_samples({sample("load", of_month, json::value(date + "T12:00:00Z"))});
        const Reply reply = peer.call(history, {{"name", "load"}, {"from", date}, {"to", date}});
        EXPECT_THAT(reply, Has("/points/0/value", of_month));
        EXPECT_EQ(reply.parameters.at("points").as_array().size(), 1U) << date;
    }
}

TEST_F(MetricsCalls, KeepTheirValues) {
    for (const char* value : {"0", "1", "-1", "0.1", "123456.789", "9007199254740993"}) {
        EXPECT_EQ(std::stod(value_shown(value)), std::stod(value)) << value;
    }
    EXPECT_EQ(std::stod(value_shown("1.7976931348623157e308")), 1.7976931348623157e308);
}

TEST_F(MetricsCalls, RefuseWhatIsNoNumber) {
    for (const char* value : {"1e400", "-1e999"}) {
        EXPECT_THAT(value_shown(value), testing::AnyOf(invalid_value, invalid_parameter)) << value;
    }
    for (const char* value : {"\"1\"", "null", "true", "[1]", "\"NaN\""}) {
        EXPECT_EQ(value_shown(value), invalid_parameter) << value;
    }
    EXPECT_EQ(names(), json::value(json::array()));
}

TEST_F(MetricsCalls, RefuseTheWholeCallForOneSampleAndNameIt) {
    const std::string long_name(256, 'n');
    for (const json::value& name : {json::value(""), json::value(long_name), json::value("a\nb")}) {
        const Reply reply = record_samples({sample("good", 1), sample(name, 1)});
        EXPECT_THAT(reply, IsError(invalid_value));
        EXPECT_THAT(reply, Has("/parameter", "samples[1].name"));
    }
    EXPECT_THAT(record_samples({sample("good", 1), sample("good", 1, "yesterday")}),
                Has("/parameter", "samples[1].at"));
    EXPECT_EQ(names(), json::value(json::array()));
}

TEST_F(MetricsCalls, AreTenThousandInOneCallAtMost) {
    json::array samples(10'000, sample("load", 1));
    EXPECT_THAT(record_samples(samples), Has("/recorded", 10'000));
    samples.push_back(sample("load", 1));
    const Reply reply = record_samples(samples);
    EXPECT_THAT(reply, IsError(invalid_value));
    EXPECT_THAT(reply, Has("/parameter", "samples"));
    EXPECT_THAT(record_samples({}), Has("/recorded", 0));
}

TEST_F(MetricsCalls, RefuseAHistoryOfNoPointsOrTooMany) {
    for (const std::int64_t points : {-1, 0, 100'001}) {
        const Reply reply = peer.call(history, {{"name", "load"}, {"maxPoints", points}});
        EXPECT_THAT(reply, IsError(invalid_value)) << points;
        EXPECT_THAT(reply, Has("/parameter", "maxPoints"));
    }
    EXPECT_THAT(peer.call(history, {{"name", ""}}), IsError(invalid_value));
    EXPECT_THAT(peer.call(history, {{"name", "load"}, {"from", "2025-02-30"}}),
                Has("/parameter", "from"));
}

TEST_F(MetricsCalls, OfANameWithoutSamplesHaveNoPoints) {
    const Reply reply = peer.call(history, {{"name", "never recorded"}});
    EXPECT_THAT(reply, Succeeded());
    EXPECT_THAT(reply, Has("/points", json::array()));
}

TEST_F(MetricsCalls, AreTrimmedFromBeforeADay) {
    record_samples(
        {sample("load", 1, "2025-01-09T23:59:59.999Z"), sample("load", 2, "2025-01-10T00:00:00Z")});
    EXPECT_THAT(peer.call(trim, {{"before", "2025-01-10"}}), Has("/removed", 1));
    EXPECT_THAT(peer.call(history, {{"name", "load"}}), Has("/points/0/value", 2));
    EXPECT_THAT(peer.call(trim), Has("/parameter", "before"));
}

TEST_F(MetricsCalls, AreRecordedOnceUnderOneRequestId) {
    const json::object call{{"samples", {sample("load", 1)}}, {"requestId", "r"}};
    EXPECT_THAT(peer.call(record, call), Has("/recorded", 1));
    EXPECT_THAT(peer.call(record, call), Has("/recorded", 1));
    EXPECT_EQ(peer.call(history, {{"name", "load"}}).parameters.at("points").as_array().size(), 1U);
}

}  // namespace
}  // namespace catalogd::endpoints

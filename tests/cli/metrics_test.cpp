#include "protocol/metrics.h"

#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace errors = protocol::errors;
namespace metrics = protocol::metrics;

using MetricsTest = CommandTest;

TEST_F(MetricsTest, AreListedByName) {
    daemon_.on<metrics::ListNames>({{"load", "transfers"}});
    EXPECT_EQ(run({"metrics", "names"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "NAME\nload\ntransfers\n");
}

TEST_F(MetricsTest, AreShownAsTheyWereMeasured) {
    daemon_.on<metrics::History>({{{{1'736'510'400'500}, 0.1}, {{1'736'510'401'000}, -3}}});
    EXPECT_EQ(run({"metrics", "history", "load", "--from", "2025-01-10", "--points", "7"}),
              ExitCode::ok);
    EXPECT_EQ(out_.str(),
              "TIME                      VALUE\n"
              "2025-01-10T12:00:00.500Z    0.1\n"
              "2025-01-10T12:00:01.000Z     -3\n");
    EXPECT_THAT(daemon_.calls(),
                ElementsAre(HasSubstr(R"({"name":"load","from":"2025-01-10","maxPoints":7})")));
}

TEST_F(MetricsTest, AreOneObjectPerLineForAProgram) {
    daemon_.on<metrics::History>({{{{0}, 0.5}, {{1'000}, 2}}});
    EXPECT_EQ(run({"metrics", "history", "load", "--json"}), ExitCode::ok);
    EXPECT_EQ(lines(), 2);
    EXPECT_THAT(out_.str(), HasSubstr("{\"at\":\"1970-01-01T00:00:01.000Z\",\"value\":2"));
}

TEST_F(MetricsTest, AreRecordedWithARequestId) {
    daemon_.on<metrics::Record>({1});
    EXPECT_EQ(run({"metrics", "record", "load", "-0.5", "--at", "2025-01-10T12:00:00Z"}),
              ExitCode::ok);
    EXPECT_THAT(daemon_.calls(),
                ElementsAre(HasSubstr(R"({"samples":[{"name":"load","value":-5E-1,"at":"2025-01-10)"
                                      R"(T12:00:00.000Z"}],"requestId":")")));
}

TEST_F(MetricsTest, ThatAreNoNumbersAskNothingOfTheDaemon) {
    for (const char* value : {"many", "", "1x", "nan", "inf", "1e999", "0x10", " 1", "-"}) {
        EXPECT_EQ(run({"metrics", "record", "load", value}), ExitCode::usage) << value;
    }
    EXPECT_EQ(run({"metrics", "record", "load", "1", "--at", "now"}), ExitCode::usage);
    EXPECT_TRUE(daemon_.calls().empty());
}

TEST_F(MetricsTest, AreNotTrimmedUnasked) {
    daemon_.on<metrics::Trim>({7});
    EXPECT_EQ(run({"metrics", "trim", "2025-01-01"}), ExitCode::usage);
    EXPECT_TRUE(daemon_.calls().empty());
    EXPECT_EQ(run({"metrics", "trim", "2025-01-01", "--yes"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "Deleted 7 samples\n");
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr(R"({"before":"2025-01-01","requestId")")));
}

TEST_F(MetricsTest, AreTrimmedInStepsWhereOneWouldRemoveTooMany) {
    daemon_.on(std::string(metrics::Trim::method), [](const auto&, int nth) {
        return nth == 1 ? error_frame(errors::TooManySamples{{1'735'000'000'000}, 250'000})
                        : reply_frame(metrics::Trim::Reply{nth * 100});
    });
    EXPECT_EQ(run({"metrics", "trim", "2025-01-01", "--yes"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "Deleted 500 samples\n");
    EXPECT_THAT(daemon_.calls(),
                ElementsAre(HasSubstr(R"("before":"2025-01-01")"), HasSubstr("2024-12-24T00:26:40"),
                            HasSubstr(R"("before":"2025-01-01")")));
}

TEST_F(MetricsTest, AreNotTrimmedForEverWhereNoStepRemovesAny) {
    daemon_.on(std::string(metrics::Trim::method), [](const auto&, int nth) {
        return nth % 2 == 1 ? error_frame(errors::TooManySamples{{1'000}, 250'000})
                            : reply_frame(metrics::Trim::Reply{0});
    });
    EXPECT_EQ(run({"metrics", "trim", "2025-01-01", "--yes"}), ExitCode::failed);
    EXPECT_THAT(err_.str(), HasSubstr("more samples have one time"));
}

}  // namespace
}  // namespace catalogd::cli

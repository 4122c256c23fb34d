#include "cli/failure.h"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/mp11/algorithm.hpp>
#include <set>

#include "protocol/errors.h"

namespace catalogd::cli {
namespace {

using testing::HasSubstr;
namespace errors = protocol::errors;

// As it comes off the wire.
Failure refused_with(const protocol::Error& error) {
    std::string text;
    protocol::encode_parameters(text, error);
    const boost::json::value parameters = boost::json::parse(text);
    return refused(protocol::name_of(error), &parameters.get_object());
}

TEST(Failure, EveryErrorOfTheProtocolHasARow) {
    std::set<std::string_view> known;
    for (const ErrorRow& row : error_rows()) {
        EXPECT_TRUE(known.insert(row.name).second) << row.name << " stands twice";
    }
    boost::mp11::mp_for_each<boost::mp11::mp_rename<protocol::Error, boost::mp11::mp_list>>(
        [&](const auto& error) { EXPECT_EQ(known.count(error.called), 1U) << error.called; });
}

TEST(Failure, EveryLineStandsWithoutItsParameters) {
    for (const ErrorRow& row : error_rows()) {
        EXPECT_FALSE(row.line(nullptr).empty()) << row.name;
    }
}

TEST(Failure, NamesTheClientThatIsUnknown) {
    const Failure failure = refused_with(errors::ClientNotFound{{}, "laptop"});
    EXPECT_EQ(failure.text, "client 'laptop' is unknown");
    EXPECT_EQ(failure.code, ExitCode::not_found);
    EXPECT_EQ(failure.parameters, R"({"name":"laptop"})");
}

TEST(Failure, TellsWhatIsWrongWithAValue) {
    const Failure failure = refused_with(errors::InvalidValue{"files[3].size", "must be small"});
    EXPECT_EQ(failure.text, "files[3].size: must be small");
    EXPECT_EQ(failure.code, ExitCode::usage);
}

TEST(Failure, NamesTheSettingThatWouldAllowIt) {
    const Failure failure = refused_with(errors::AccessDenied{"read", "write", "access.write"});
    EXPECT_THAT(failure.text, HasSubstr("'access.write'"));
    EXPECT_THAT(failure.text, HasSubstr("'write'"));
    EXPECT_EQ(failure.code, ExitCode::denied);
}

TEST(Failure, MayBeTriedAgainWhereNothingWasDone) {
    EXPECT_EQ(refused_with(errors::Busy{250}).retry_after_ms, 250);
    EXPECT_EQ(refused_with(errors::DeadlineExceeded{10'000}).retry_after_ms, 0);
    EXPECT_FALSE(refused_with(errors::OutcomeUnknown{}).retry_after_ms);
}

TEST(Failure, AskingAgainHasOneExitCode) {
    EXPECT_EQ(refused_with(errors::Busy{250}).code, ExitCode::again);
    EXPECT_EQ(refused_with(errors::DeadlineExceeded{10'000}).code, ExitCode::again);
    EXPECT_EQ(refused_with(errors::OutcomeUnknown{}).code, ExitCode::again);
}

TEST(Failure, KeepsTheNameOfAnErrorThatItDoesNotKnow) {
    const Failure failure = refused("com.example.Strange", nullptr);
    EXPECT_THAT(failure.text, HasSubstr("com.example.Strange"));
    EXPECT_EQ(failure.code, ExitCode::failed);
}

TEST(Failure, ADaemonThatIsNotThereIsNotADaemonThatRefuses) {
    EXPECT_EQ(unreachable("/s", ENOENT).code, ExitCode::no_daemon);
    EXPECT_EQ(unreachable("/s", ECONNREFUSED).code, ExitCode::no_daemon);
    EXPECT_EQ(unreachable("/s", EACCES).code, ExitCode::denied);
    EXPECT_EQ(unreachable("/s", ENAMETOOLONG).code, ExitCode::usage);
}

TEST(ExitCodes, AreThoseThatAreDocumented) {
    std::vector<int> codes;
    for (const ExitMeaning& row : exit_meanings) {
        codes.push_back(static_cast<int>(row.code));
        EXPECT_THAT(exit_code_help(), HasSubstr(std::string(row.meaning)));
    }
    EXPECT_EQ(codes, (std::vector<int>{0, 1, 2, 3, 4, 5, 75, 130}));
}

}  // namespace
}  // namespace catalogd::cli

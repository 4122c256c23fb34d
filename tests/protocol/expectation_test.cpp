#include "protocol/expectation.h"

#include <gtest/gtest.h>

namespace catalogd::protocol {
namespace {

const std::string reply_text =
    R"({"client":{"name":"a","files":3,"keys":{"x":1,"y":2}},"list":[1,{"k":2}],"ratio":0.5})";

TEST(Expectation, IsMetBySubsetsAtEveryDepth) {
    for (const char* expected :
         {"{}", R"({"client":{}})", R"({"client":{"files":3}})", R"({"client":{"keys":{"y":2}}})",
          R"({"list":[1,{"k":2}],"ratio":0.5})", R"({"client":{"files":3.0}})"}) {
        EXPECT_EQ(unmet_expectation(expected, reply_text), std::nullopt) << expected;
    }
}

TEST(Expectation, NamesThePathOfWhatIsNotMet) {
    EXPECT_EQ(unmet_expectation(R"({"client":{"name":"b"}})", reply_text), "client.name");
    EXPECT_EQ(unmet_expectation(R"({"client":{"keys":{"y":3}}})", reply_text), "client.keys.y");
    EXPECT_EQ(unmet_expectation(R"({"created":true})", reply_text), "created");
    EXPECT_EQ(unmet_expectation(R"({"client":{"name":{"first":"a"}}})", reply_text), "client.name");
    EXPECT_EQ(unmet_expectation(R"({"client":"a"})", reply_text), "client");
}

TEST(Expectation, ComparesArraysWhole) {
    EXPECT_EQ(unmet_expectation(R"({"list":[1]})", reply_text), "list");
    EXPECT_EQ(unmet_expectation(R"({"list":[1,{}]})", reply_text), "list");
    EXPECT_EQ(unmet_expectation(R"({"list":[{"k":2},1]})", reply_text), "list");
}

TEST(Expectation, OfNullIsMetByWhatIsAbsent) {
    EXPECT_EQ(unmet_expectation(R"({"client":{"publicKey":null},"none":null})", reply_text),
              std::nullopt);
    EXPECT_EQ(unmet_expectation(R"({"client":{"name":null}})", reply_text), "client.name");
    EXPECT_EQ(unmet_expectation(R"({"none":{"deep":1}})", reply_text), "none");
}

}  // namespace
}  // namespace catalogd::protocol

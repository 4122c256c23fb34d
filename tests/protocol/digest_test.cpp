#include "protocol/digest.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace catalogd::protocol {
namespace {

Digest digest(const std::string& parameters, const std::string& method = "a.b.Do") {
    const boost::json::value value = boost::json::parse(parameters);
    return digest_of(method, &value.get_object());
}

TEST(RequestDigest, IsEqualForWhatIsEqualAsJson) {
    EXPECT_EQ(digest(R"({"a":1,"b":{"x":[1,"y"],"z":true}})"),
              digest(R"( {"b" : {"z":true,"x":[1,"y"]}, "a":1 })"));
    EXPECT_EQ(digest(R"({"a":"A\u00e9"})"), digest("{\"a\":\"A\xc3\xa9\"}"));
    EXPECT_EQ(digest(R"({"a":1})"), digest(R"({"a":1.0})"));
    EXPECT_EQ(digest(R"({"a":1e2})"), digest(R"({"a":100})"));
}

TEST(RequestDigest, IgnoresNullsAndTheRequestIdItself) {
    EXPECT_EQ(digest("{}"), digest(R"({"a":null,"requestId":"r"})"));
    EXPECT_EQ(digest(R"({"a":{"b":null}})"), digest(R"({"a":{}})"));
    EXPECT_EQ(digest_of("a.b.Do", nullptr), digest("{}"));
}

TEST(RequestDigest, DiffersForWhatIsDifferent) {
    EXPECT_NE(digest(R"({"a":1})"), digest(R"({"a":2})"));
    EXPECT_NE(digest(R"({"a":1})"), digest(R"({"b":1})"));
    EXPECT_NE(digest(R"({"a":1})"), digest(R"({"a":"1"})"));
    EXPECT_NE(digest(R"({"a":1.5})"), digest(R"({"a":1})"));
    EXPECT_NE(digest(R"({"a":[1,2]})"), digest(R"({"a":[2,1]})"));
    EXPECT_NE(digest(R"({"a":[null]})"), digest(R"({"a":[]})"));
    EXPECT_NE(digest(R"({"a":true})"), digest(R"({"a":false})"));
    EXPECT_NE(digest(R"({"a":{"requestId":"r"}})"), digest(R"({"a":{}})"));
    EXPECT_NE(digest("{}", "a.b.Do"), digest("{}", "a.b.Undo"));
}

TEST(RequestDigest, CannotBeMadeEqualByMovingTextFromOneValueToTheNext) {
    EXPECT_NE(digest(R"({"a":"x","b":"y"})"), digest(R"({"a":"xs1:bs1:y"})"));
    EXPECT_NE(digest(R"({"a":["x","y"]})"), digest(R"({"a":["xy",""]})"));
    EXPECT_NE(digest(R"({"a":[[],[]]})"), digest(R"({"a":[[[]]]})"));
}

TEST(RequestDigest, TellsTheLargestNumbersApart) {
    EXPECT_NE(digest(R"({"a":9223372036854775807})"), digest(R"({"a":9223372036854775806})"));
    EXPECT_NE(digest(R"({"a":9007199254740993})"), digest(R"({"a":9007199254740992})"));
    EXPECT_NE(digest(R"({"a":-1})"), digest(R"({"a":18446744073709551615})"));
}

}  // namespace
}  // namespace catalogd::protocol

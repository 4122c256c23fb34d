// What is refused before anybody looks at what a request asks for: hostile variants, one a row.
#include "endpoints/http/guard.h"

#include <gtest/gtest.h>

namespace catalogd::endpoints::http {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

const std::string ours = "127.0.0.1:8787";

Request request(Fields fields, std::string target = "/v1/events", std::string method = "GET") {
    return {std::move(method), std::move(target), true, false, std::move(fields)};
}

int status_of(const Guard& guard, const Request& asked) {
    const auto refused = guard.refuse(asked);
    return refused ? refused->status : 200;
}

const Guard guard({ours, "localhost:8787"}, "");

TEST(GuardTest, LetsThroughWhoNamesThisDaemon) {
    EXPECT_EQ(status_of(guard, request({{"host", ours}})), 200);
    EXPECT_EQ(status_of(guard, request({{"host", "localhost:8787"}})), 200);
    EXPECT_EQ(status_of(guard, request({{"host", ours}, {"origin", "http://" + ours}})), 200);
    EXPECT_EQ(status_of(guard, request({{"host", ours}, {"origin", "http://localhost:8787"}})),
              200);
}

TEST(GuardTest, RefusesEveryOtherHost) {
    for (const char* host : {"",
                             "127.0.0.1",
                             "127.0.0.1:80",
                             "127.0.0.1:87870",
                             "127.0.0.1:8787.attacker.example",
                             "127.attacker.example:8787",
                             "127.0.0.1.attacker.example:8787",
                             "attacker.example:8787",
                             "attacker.example",
                             "localhost",
                             "LOCALHOST:8787",
                             "localhost:8787:8787",
                             "localhost.:8787",
                             "localhost.attacker.example:8787",
                             "127.0.0.2:8787",
                             "127.1:8787",
                             "2130706433:8787",
                             "0x7f000001:8787",
                             "0.0.0.0:8787",
                             "[::1]:8787",
                             "[::ffff:127.0.0.1]:8787",
                             " 127.0.0.1:8787",
                             "127.0.0.1:8787 ",
                             "user@127.0.0.1:8787",
                             "http://127.0.0.1:8787",
                             "127.0.0.1:8787/",
                             "127.0.0.1:8787,attacker.example"}) {
        EXPECT_EQ(status_of(guard, request({{"host", host}})), 421) << host;
    }
}

TEST(GuardTest, RefusesRequestsWithoutAHostOrWithTwo) {
    EXPECT_EQ(status_of(guard, request({})), 421);
    EXPECT_EQ(status_of(guard, request({{"host", ours}, {"host", ours}})), 421);
    EXPECT_EQ(status_of(guard, request({{"host", ours}, {"host", "attacker.example"}})), 421);
}

TEST(GuardTest, RefusesEveryOtherOrigin) {
    for (const char* origin :
         {"", "null", "http://attacker.example", "https://127.0.0.1:8787", "http://127.0.0.1",
          "http://127.0.0.1:8788", "http://127.0.0.1:8787.attacker.example",
          "http://127.0.0.1:8787/", "http://user@127.0.0.1:8787", "HTTP://127.0.0.1:8787",
          "http://127.0.0.1:8787 http://attacker.example", "ws://127.0.0.1:8787", "127.0.0.1:8787",
          "file://", "http://localhost", "http://LOCALHOST:8787", "http://[::1]:8787",
          "chrome-extension://abcdef", "http://127.0.0.1:8787\thttp://attacker.example"}) {
        EXPECT_EQ(status_of(guard, request({{"host", ours}, {"origin", origin}})), 403) << origin;
    }
    EXPECT_EQ(
        status_of(
            guard,
            request({{"host", ours}, {"origin", "http://" + ours}, {"origin", "http://" + ours}})),
        403);
}

TEST(GuardTest, ServesNothingButGet) {
    for (const char* method : {"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE",
                               "PATCH", "get", "GETX", ""}) {
        EXPECT_EQ(status_of(guard, request({{"host", ours}}, "/", method)), 405) << method;
    }
}

TEST(GuardTest, RefusesBodies) {
    Request asked = request({{"host", ours}});
    asked.has_body = true;
    EXPECT_EQ(status_of(guard, asked), 400);
}

TEST(GuardTest, RefusesTargetsThatAreNoPathHere) {
    for (const char* target :
         {"", "*", "http://127.0.0.1:8787/", "//attacker.example/", "livez", "/%2e%2e/etc/passwd",
          "/a\\b", "/livez#x", "/livez?a=%", "/livez?a=%0", "/livez?a=%zz", "/livez?a=%00",
          "/livez?a=1&a=2", "/livez?%0d%0a=1"}) {
        EXPECT_EQ(status_of(guard, request({{"host", ours}}, target)), 400) << target;
    }
}

// --- the token ------------------------------------------------------------------------------

const std::string token = "a-token-of-some-length";
const Guard guarded({ours}, token);

Request with_token(const std::string& authorization, std::string target = "/metrics") {
    return request({{"host", ours}, {"authorization", authorization}}, std::move(target));
}

TEST(TokenTest, IsTakenAsBearerAndAsAPassword) {
    EXPECT_EQ(status_of(guarded, with_token("Bearer " + token)), 200);
    EXPECT_EQ(status_of(guarded, with_token("bearer " + token)), 200);
    EXPECT_EQ(status_of(guarded, with_token("Basic YW55OmEtdG9rZW4tb2Ytc29tZS1sZW5ndGg=")), 200);
}

TEST(TokenTest, RefusesEveryOther) {
    const std::vector<std::string> others{"",
                                          token,
                                          "Bearer",
                                          "Bearer ",
                                          "Bearer " + token + "x",
                                          "Bearer  " + token,
                                          "Bearer " + token.substr(1),
                                          "Token " + token,
                                          "Basic YW55",
                                          "Basic ***",
                                          "Bearer " + token + token};
    for (const std::string& wrong : others) {
        EXPECT_EQ(status_of(guarded, with_token(wrong)), 401) << wrong;
    }
    EXPECT_EQ(status_of(guarded, request({{"host", ours}}, "/metrics")), 401);
    EXPECT_EQ(status_of(guarded, request({{"host", ours}}, "/metrics?token=" + token)), 401);
    EXPECT_EQ(status_of(guarded, request({{"host", ours},
                                          {"authorization", "Bearer " + token},
                                          {"authorization", "Bearer " + token}},
                                         "/metrics")),
              401);
}

TEST(TokenTest, IsNotNeededToAskWhetherTheDaemonLives) {
    EXPECT_EQ(status_of(guarded, request({{"host", ours}}, "/livez")), 200);
    EXPECT_EQ(status_of(guarded, request({{"host", ours}}, "/readyz")), 200);
    EXPECT_EQ(status_of(guarded, request({{"host", ours}}, "/readyz?verbose")), 401);
    EXPECT_EQ(status_of(guarded, request({{"host", "attacker.example"}}, "/livez")), 421);
}

TEST(TokenTest, IsComparedWhole) {
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_TRUE(equal_in_constant_time("", ""));
    for (const char* other : {"", "ab", "abd", "abcabc", "bc", "xbc"}) {
        EXPECT_FALSE(equal_in_constant_time("abc", other)) << other;
        EXPECT_FALSE(equal_in_constant_time(other, "abc")) << other;
    }
}

// --- targets and addresses -------------------------------------------------------------------

TEST(TargetTest, HasAPathAndParameters) {
    const auto target = parse_target("/v1/events?types=a.%2A,b&after=e-1&verbose");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/v1/events");
    EXPECT_EQ(target->parameters.at("types"), "a.*,b");
    EXPECT_EQ(target->parameters.at("after"), "e-1");
    EXPECT_EQ(target->parameters.at("verbose"), "");
}

}  // namespace
}  // namespace catalogd::endpoints::http

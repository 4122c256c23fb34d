// Frames that break the rules: a connection that sends one is closed.
#include <random>

#include "tests/protocol/message_fixture.h"

namespace catalogd::protocol {
namespace {

using MalformedMessage = Message;

TEST_F(MalformedMessage, IsEverythingThatIsNoJsonObject) {
    for (const char* frame : {"",
                              " ",
                              "null",
                              "true",
                              "1",
                              "\"text\"",
                              "[]",
                              R"([{"method":"a.b.Do"}])",
                              "{",
                              "}",
                              "{]",
                              "GET / HTTP/1.1\r\n",
                              R"({'method':'a.b.Do'})",
                              R"({method:"a.b.Do"})",
                              R"({"method":"a.b.Do",})",
                              R"({"method":"a.b.Do"/* */})",
                              R"({"method":"a.b.Do)",
                              R"({"method":"a.b.Do","parameters":{"x":NaN}})",
                              "\xEF\xBB\xBF{\"method\":\"a.b.Do\"}",
                              R"({"method":"a.b.Do","parameters":{"x":01}})",
                              "{\"method\":\"a.b.\nDo\"}"}) {
        EXPECT_FALSE(call(frame)) << frame;
    }
}

TEST_F(MalformedMessage, IsTextBehindTheObject) {
    EXPECT_FALSE(call(R"({"method":"a.b.Do"}{"method":"a.b.Do"})"));
    EXPECT_FALSE(call(R"({"method":"a.b.Do"}x)"));
    EXPECT_FALSE(call(R"({"method":"a.b.Do"}])"));
}

TEST_F(MalformedMessage, IsWhatIsNotUtf8WhereverItStands) {
    for (const std::string hostile :
         {"\xFF", "\xC0\x80", "\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
        EXPECT_FALSE(call_with(R"("parameters":{"x":")" + hostile + R"("})"));
        EXPECT_FALSE(call_with(R"("parameters":{")" + hostile + R"(":1})"));
        EXPECT_FALSE(call_with(R"("com.example.)" + hostile + R"(":1)"));
        EXPECT_FALSE(call(R"({"method":"a.b.Do"})" + hostile));
    }
    EXPECT_FALSE(call_with(R"("parameters":{"x":"\ud800"})"));
    EXPECT_FALSE(call_with(R"("parameters":{"x":"\udc00\ud800"})"));
}

TEST_F(MalformedMessage, IsNestedBeyond32Levels) {
    EXPECT_TRUE(call(nested(32)));
    EXPECT_FALSE(call(nested(33)));
    EXPECT_FALSE(call(nested(100'000)));
    EXPECT_FALSE(call(std::string(100'000, '[')));
    std::string objects;
    for (int i = 0; i < 100'000; ++i) {
        objects += R"({"x":)";
    }
    EXPECT_FALSE(call(objects));
}

TEST_F(MalformedMessage, HasTwoFlagsAtOnce) {
    EXPECT_FALSE(call_with(R"("oneway":true,"more":true)"));
    EXPECT_FALSE(call_with(R"("more":true,"upgrade":true)"));
    EXPECT_FALSE(call_with(R"("oneway":true,"upgrade":true)"));
    EXPECT_FALSE(call_with(R"("oneway":true,"more":true,"upgrade":true)"));
}

TEST_F(MalformedMessage, HasAFlagThatIsNoBoolean) {
    for (const std::string flag : {"oneway", "more", "upgrade"}) {
        for (const std::string value : {"1", "0", "null", "\"true\"", "[]", "{}"}) {
            EXPECT_FALSE(call_with('"' + flag + "\":" + value)) << flag << value;
        }
    }
}

TEST_F(MalformedMessage, HasAnUnknownHeaderWithoutPrefix) {
    for (const char* header : {R"("timeout":1)", R"("":1)", R"("Method":"a.b.Do")",
                               R"("error":"e")", R"("continues":true)", R"("timeoutMs":1)"}) {
        EXPECT_FALSE(call_with(header)) << header;
    }
}

TEST_F(MalformedMessage, HasNoMethodOrNoneThatIsText) {
    for (const char* frame : {"{}", R"({"parameters":{}})", R"({"method":""})", R"({"method":1})",
                              R"({"method":null})", R"({"method":["a.b.Do"]})"}) {
        EXPECT_FALSE(call(frame)) << frame;
    }
}

TEST_F(MalformedMessage, HasParametersThatAreNoObject) {
    for (const std::string value : {"[]", "1", "true", "\"text\"", "[{}]"}) {
        EXPECT_FALSE(call_with("\"parameters\":" + value)) << value;
    }
}

// Half of the frames are noise, half are a good call with a few bytes changed.
TEST_F(MalformedMessage, NeverHarmsTheParser) {
    std::mt19937 random(42);
    const std::string good =
        R"({"method":"a.b.Do","more":true,"parameters":{"x":[1,-2.5e3,"\u00e9"]}})";
    std::size_t accepted = 0;
    for (int i = 0; i < 100'000; ++i) {
        std::string frame = i % 2 == 0 ? std::string(random() % 64, ' ') : good;
        const std::size_t changes = i % 2 == 0 ? frame.size() : 1 + random() % 3;
        for (std::size_t change = 0; change < changes; ++change) {
            frame[random() % frame.size()] = static_cast<char>(random() % 256);
        }
        if (call(frame)) {
            ++accepted;
        }
        reply(frame);
    }
    EXPECT_GT(accepted, 1'000U);
    EXPECT_LT(accepted, 50'000U);
    EXPECT_TRUE(call(good));
}

TEST_F(MalformedMessage, DoesNotHarmTheNextOne) {
    const std::string good = nested(4);
    for (const std::string& bad :
         {std::string(), good.substr(0, good.size() - 1), nested(40), good + "x",
          std::string("[1,{\"a\":\"long enough text to own")}) {
        EXPECT_FALSE(call(bad));
        const auto read = call(good);
        ASSERT_TRUE(read) << bad;
        EXPECT_EQ(to_text(read->parameters), R"({"x":[[]]})");
        EXPECT_FALSE(call(bad));
        forget();
    }
}

}  // namespace
}  // namespace catalogd::protocol

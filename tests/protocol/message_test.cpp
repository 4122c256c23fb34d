#include "protocol/message.h"

#include <malloc.h>

#include "protocol/clients.h"
#include "protocol/service.h"
#include "tests/protocol/message_fixture.h"

namespace catalogd::protocol {
namespace {

using CallMessage = Message;
using ReplyMessage = Message;

// --- calls ---------------------------------------------------------------------------------------

TEST_F(CallMessage, HasItsMethodAndNoFlagUnlessTold) {
    const auto plain = call(R"({"method":"a.b.Do"})");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->method, "a.b.Do");
    EXPECT_EQ(plain->parameters, nullptr);
    EXPECT_FALSE(plain->oneway || plain->more || plain->upgrade);
    EXPECT_EQ(plain->timeout_ms, std::nullopt);
}

TEST_F(CallMessage, HasEachFlagByItself) {
    EXPECT_TRUE(call_with(R"("oneway":true)")->oneway);
    EXPECT_TRUE(call_with(R"("more":true)")->more);
    EXPECT_TRUE(call_with(R"("upgrade":true)")->upgrade);
    EXPECT_FALSE(call_with(R"("more":false)")->more);
    EXPECT_TRUE(call_with(R"("oneway":false,"more":true,"upgrade":false)")->more);
}

TEST_F(CallMessage, TakesNoNullAndEmptyParametersForTheSame) {
    for (const char* parameters :
         {R"("more":false)", R"("parameters":null)", R"("parameters":{})"}) {
        const auto read = call_with(parameters);
        ASSERT_TRUE(read) << parameters;
        EXPECT_EQ(to_text(read->parameters), "{}");
        EXPECT_TRUE(decode<service::GetInfo>(read->parameters));
    }
}

TEST_F(CallMessage, KeepsItsParametersUntilTheNextOne) {
    const auto read = call_with(R"("parameters":{"name":"caf\u00e9 \ud83d\ude00","limit":5})");
    ASSERT_TRUE(read);
    EXPECT_EQ(to_text(read->parameters), "{\"name\":\"caf\xC3\xA9 \xF0\x9F\x98\x80\",\"limit\":5}");
}

TEST_F(CallMessage, AcceptsHeadersOfOtherVendors) {
    EXPECT_TRUE(call_with(R"("com.example.trace":"1-2-3")"));
    EXPECT_TRUE(call_with(R"("com.example.trace":{"deep":[null]})"));
}

TEST_F(CallMessage, HasItsOwnDeadline) {
    EXPECT_EQ(call_with(R"("io.catalogd.timeoutMs":250)")->timeout_ms, 250);
    EXPECT_EQ(call_with(R"("io.catalogd.timeoutMs":-1)")->timeout_ms, -1);
}

// Zero is no time that a call could have: whoever asks for it is told so.
TEST_F(CallMessage, HasADeadlineOfZeroWhereItIsNoInteger) {
    for (const char* value : {"\"250\"", "2.5", "null", "true", "[250]", "18446744073709551615"}) {
        EXPECT_EQ(call_with(R"("io.catalogd.timeoutMs":)" + std::string(value))->timeout_ms, 0);
    }
}

TEST_F(CallMessage, TakesTheLastOfEqualKeys) {
    EXPECT_EQ(call(R"({"method":"a.b.First","method":"a.b.Last"})")->method, "a.b.Last");
    EXPECT_TRUE(call_with(R"("more":false,"more":true)")->more);
    EXPECT_EQ(to_text(call_with(R"("parameters":{"x":1,"x":2})")->parameters), R"({"x":2})");
}

TEST_F(CallMessage, MayBeSurroundedBySpace) {
    EXPECT_TRUE(call(" \r\n\t{ \"method\" : \"a.b.Do\" } \n"));
}

TEST_F(CallMessage, MayBeLargerThanTheParsersOwnMemory) {
    const std::string text(1'000'000, 'x');
    const auto read = call_with(R"("parameters":{"x":")" + text + R"("})");
    ASSERT_TRUE(read);
    EXPECT_EQ(to_text(read->parameters), R"({"x":")" + text + R"("})");
}

// Bytes that the program holds; always 0 where a sanitizer keeps the books.
std::size_t held() {
    const auto figures = mallinfo2();
    return figures.uordblks + figures.hblkhd;
}

TEST_F(CallMessage, GivesBackTheMemoryOfALargeFrame) {
    std::string zeros = "0";
    for (int i = 0; i < 1'000'000; ++i) {
        zeros += ",0";
    }
    call(R"({"method":"a.b.Do"})");
    const std::size_t before = held();
    ASSERT_TRUE(call_with(R"("parameters":{"x":[)" + zeros + "]}"));
    forget();
    EXPECT_LT(held(), before + 100'000);
    EXPECT_TRUE(call(R"({"method":"a.b.Do"})"));
}

// --- replies -------------------------------------------------------------------------------------

// What `append` writes, without its NUL, which must be the only one and the last byte.
template <class Append>
std::string frame_of(Append append) {
    std::string out;
    append(out);
    EXPECT_EQ(out.find('\0'), out.size() - 1);
    out.pop_back();
    return out;
}

TEST_F(ReplyMessage, IsWrittenAsOneFrame) {
    const auto write = [](bool continues) {
        return frame_of([&](std::string& out) {
            append_reply(out, clients::Delete::Reply{.deleted_files = 3}, continues);
        });
    };
    EXPECT_EQ(write(false), R"({"parameters":{"deletedFiles":3}})");
    EXPECT_EQ(write(true), R"({"parameters":{"deletedFiles":3},"continues":true})");
}

TEST_F(ReplyMessage, IsReadAsItWasWritten) {
    const std::string last = frame_of([](std::string& out) {
        append_reply(out, service::GetInterfaceDescription::Reply{std::string("a\0b", 3)}, true);
    });
    const auto read = reply(last);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->continues);
    EXPECT_EQ(read->error, "");
    const auto decoded = decode<service::GetInterfaceDescription::Reply>(read->parameters);
    EXPECT_EQ(decoded->description, std::string("a\0b", 3));
}

TEST_F(ReplyMessage, NamesItsError) {
    const std::string frame =
        frame_of([](std::string& out) { append_error(out, errors::Busy{.retry_after_ms = 20}); });
    EXPECT_EQ(frame, R"({"error":"io.catalogd.Busy","parameters":{"retryAfterMs":20}})");
    const auto read = reply(frame);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->error, "io.catalogd.Busy");
    EXPECT_FALSE(read->continues);
    EXPECT_EQ(to_text(read->parameters), R"({"retryAfterMs":20})");
}

TEST_F(ReplyMessage, IsReadWithFieldsOfLaterVersions) {
    const auto read = reply(R"({"parameters":{"x":1},"later":true})");
    ASSERT_TRUE(read);
    EXPECT_EQ(to_text(read->parameters), R"({"x":1})");
    EXPECT_FALSE(reply("[]"));
}

TEST_F(CallMessage, IsWrittenAsItIsRead) {
    const std::string frame = frame_of(
        [](std::string& out) { append_call(out, "a.b.\"Do\"", R"({"x":[1]})", true, 250); });
    const auto read = call(frame);
    ASSERT_TRUE(read) << frame;
    EXPECT_EQ(read->method, "a.b.\"Do\"");
    EXPECT_TRUE(read->more);
    EXPECT_EQ(read->timeout_ms, 250);
    EXPECT_EQ(to_text(read->parameters), R"({"x":[1]})");
}

TEST_F(CallMessage, IsWrittenWithoutWhatIsNotSet) {
    EXPECT_EQ(frame_of([](std::string& out) { append_call(out, "a.b.Do", "{}"); }),
              R"({"method":"a.b.Do","parameters":{}})");
}

}  // namespace
}  // namespace catalogd::protocol

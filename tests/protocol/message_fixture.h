// What the tests of messages say: frames in, what was read of them out.
#pragma once

#include <gtest/gtest.h>

#include "protocol/message.h"

namespace catalogd::protocol {

// Parses frames with one parser, as a connection does.
class Message : public testing::Test {
protected:
    std::optional<Call> call(std::string_view frame) { return parser_.parse_call(frame); }

    // A call whose header holds this beside its method.
    std::optional<Call> call_with(const std::string& header) {
        return call(R"({"method":"a.b.Do",)" + header + "}");
    }

    std::optional<ReplyView> reply(std::string_view frame) { return parser_.parse_reply(frame); }

    void forget() { parser_.forget(); }

    // A call that is `depth` objects and arrays deep, its own object counted.
    static std::string nested(std::size_t depth) {
        const std::string left(depth - 2, '[');
        const std::string right(depth - 2, ']');
        return R"({"method":"a.b.Do","parameters":{"x":)" + left + right + "}}";
    }

private:
    MessageParser parser_;
};

}  // namespace catalogd::protocol

// The two kinds of message on the wire: calls and replies.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/codec.h"

namespace catalogd::protocol {

// Depth of JSON that is read; deeper text is malformed.
inline constexpr std::size_t depth_limit = 32;

// The header with a call's own deadline, in milliseconds.
inline constexpr std::string_view timeout_header = "io.catalogd.timeoutMs";

struct Call {
    std::string_view method;
    Parameters parameters = nullptr;
    bool oneway = false;
    bool more = false;
    bool upgrade = false;
    std::optional<std::int64_t> timeout_ms;
};

struct ReplyView {
    Parameters parameters = nullptr;
    std::string_view error;  // its name; empty where the call succeeded
    bool continues = false;
};

// Parses one message at a time into storage that it keeps: what it returned stays valid until
// it parses the next. Not for use by two threads at once.
class MessageParser {
public:
    MessageParser();
    ~MessageParser();
    MessageParser(const MessageParser&) = delete;
    MessageParser& operator=(const MessageParser&) = delete;

    // Empty where the frame is malformed: not UTF-8, not a JSON object, nested too deeply, an
    // unknown header without a reverse-domain prefix, a flag that is no boolean, two flags at once.
    std::optional<Call> parse_call(std::string_view frame);
    std::optional<ReplyView> parse_reply(std::string_view frame);

    // Gives back what the last message took, which may be many times its frame. What was returned
    // for it is no longer valid.
    void forget();

private:
    struct Storage;
    std::unique_ptr<Storage> storage_;
};

// JSON text of parameters as they came, for a person or a program to read.
std::string to_text(Parameters parameters);

// A reply as text: what it says, and the frame around it, made without a copy.
class EncodedReply {
public:
    template <class Reply>
    explicit EncodedReply(const Reply& reply) : text_(opening) {
        encode(text_, reply);
    }
    // `json`: one object.
    static EncodedReply of_text(std::string_view json);

    [[nodiscard]] std::string_view parameters() const {
        return std::string_view(text_).substr(opening.size());
    }
    // The whole frame, its NUL included; nothing else may be asked afterwards.
    [[nodiscard]] std::string frame(bool continues = false) &&;

private:
    EncodedReply() : text_(opening) {}
    static constexpr std::string_view opening = "{\"parameters\":";
    std::string text_;
};

// Each appends one whole frame, its NUL included.
void append_error(std::string& out, const Error& error);
void append_call(std::string& out, std::string_view method, std::string_view parameters_json,
                 bool more = false, std::optional<std::int64_t> timeout_ms = {});

template <class Reply>
void append_reply(std::string& out, const Reply& reply, bool continues = false) {
    out += EncodedReply(reply).frame(continues);
}

}  // namespace catalogd::protocol

// The socket: bytes to frames, frames to calls and replies, and the parameters of a call to the
// messages of every method, whichever they were meant for.
#include "protocol/frame.h"

#include <algorithm>
#include <boost/mp11/algorithm.hpp>
#include <cstring>
#include <type_traits>

#include "protocol/health.h"
#include "protocol/message.h"
#include "protocol/methods.h"
#include "protocol/service.h"
#include "protocol/settings.h"
#include "tests/fuzz/claim.h"

namespace catalogd::protocol {
namespace {

using fuzz::claim;

using Served = boost::mp11::mp_append<Methods, service::Methods, settings::Methods, health::Methods,
                                      jobs::SchedulerMethods, boost::mp11::mp_list<whole::Watch>>;

constexpr std::size_t limit = 2048;  // small, so that inputs go beyond it

template <class Message>
std::string text_of(const Message& message) {
    std::string text;
    encode(text, message);
    return text;
}

// Whoever was refused can read why.
void expect_telling(const Error& error) {
    static MessageParser parser;
    std::string frame;
    append_error(frame, error);
    frame.pop_back();
    claim(frame.find('\0') == std::string::npos, "an error is one frame", frame);
    const auto reply = parser.parse_reply(frame);
    claim(reply && reply->error == name_of(error), "an error can be read", frame);
}

template <class Message>
void read_as(const Call& call) {
    const auto message = decode<Message>(call.parameters);
    if (!message) {
        if (call.method == Message::method) {
            expect_telling(message.error());
        }
        return;
    }
    const std::string text = text_of(*message);
    const auto again = decode_text<Message>(text);
    claim(again.has_value(), "what was written can be read", text);
    claim(text_of(*again) == text, "what was written is read as the same", text);
}

void read_call(MessageParser& parser, std::string_view frame) {
    const auto call = parser.parse_call(frame);
    if (!call) {
        return;
    }
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Served>>(
        [&]<class Message>(std::type_identity<Message>) { read_as<Message>(*call); });
    std::string again;
    append_call(again, call->method, "{}", call->more, call->timeout_ms);
    again.pop_back();
    static MessageParser other;
    const auto same = other.parse_call(again);
    claim(same && same->method == call->method && same->more == call->more &&
              same->timeout_ms == call->timeout_ms,
          "a call that was written is read as the same", again);
}

void read_reply(MessageParser& parser, std::string_view frame) {
    if (const auto reply = parser.parse_reply(frame)) {
        claim(is_utf8(reply->error) && is_utf8(to_text(reply->parameters)),
              "what comes of a reply is text");
    }
}

void arrive(FrameReader& reader, MessageParser& parser, std::string_view bytes) {
    const auto room = reader.prepare(bytes.size());
    std::ranges::copy(bytes, room.begin());
    reader.commit(bytes.size());
    while (const auto frame = reader.next()) {
        claim(frame->size() <= limit && frame->find('\0') == std::string_view::npos,
              "a frame has no NUL and keeps to the limit");
        read_call(parser, *frame);
        read_reply(parser, *frame);
        parser.forget();
    }
}

}  // namespace
}  // namespace catalogd::protocol

// In two parts, as a stream may come; behind a frame that is too long nothing is read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace catalogd::protocol;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    FrameReader reader(limit);
    MessageParser parser;
    arrive(reader, parser, bytes.substr(0, size / 2));
    if (!reader.oversized()) {
        arrive(reader, parser, bytes.substr(size / 2));
    }
    return 0;
}

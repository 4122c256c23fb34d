#include "protocol/message.h"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>

namespace catalogd::protocol {

namespace json = boost::json;

// What a frame of up to this size needed is kept for the next one.
constexpr std::size_t small_frame = 64 * 1024;

struct MessageParser::Storage {
    // Enough for a lookup or a save without touching the heap.
    std::array<unsigned char, 16 * 1024> buffer;
    std::optional<json::monotonic_resource> resource;
    // Constructed anew for each message: assigned, it would be copied out of the resource.
    std::optional<json::value> document;
    std::optional<json::parser> parser;  // keeps the memory of the largest frame it has read

    static json::parse_options parse_options() {
        json::parse_options options;
        options.max_depth = depth_limit;
        return options;
    }

    const json::object* parse(std::string_view frame) {
        document.reset();
        resource.emplace(buffer.data(), buffer.size());
        if (!parser) {
            parser.emplace(json::storage_ptr(), parse_options());
        }
        parser->reset(&*resource);
        boost::system::error_code error;
        parser->write(frame.data(), frame.size(), error);
        if (!error) {
            document.emplace(parser->release());
        }
        if (frame.size() > small_frame) {
            parser.reset();
        }
        return document ? document->if_object() : nullptr;
    }

    void forget() {
        document.reset();
        resource.reset();
    }
};

namespace {

// What a call's header may hold, read key by key.
class CallReader {
public:
    // False where the frame breaks the rules.
    bool read(const json::object& frame) {
        for (const auto& [key, value] : frame) {
            if (!read_header(key, value)) {
                return false;
            }
        }
        return !call.method.empty() && int{call.oneway} + int{call.more} + int{call.upgrade} <= 1;
    }

    Call call;

private:
    static bool read_flag(const json::value& value, bool& flag) {
        flag = value.is_bool() && value.get_bool();
        return value.is_bool();
    }

    bool read_header(std::string_view key, const json::value& value) {
        if (key == "method") {
            call.method = value.is_string() ? std::string_view(value.get_string()) : "";
            return value.is_string();
        }
        if (key == "parameters") {
            call.parameters = value.if_object();
            return value.is_object() || value.is_null();
        }
        if (key == "oneway") {
            return read_flag(value, call.oneway);
        }
        if (key == "more") {
            return read_flag(value, call.more);
        }
        if (key == "upgrade") {
            return read_flag(value, call.upgrade);
        }
        if (key == timeout_header) {
            call.timeout_ms = value.is_int64() ? value.get_int64() : 0;
            return true;
        }
        return key.find('.') != std::string_view::npos;
    }
};

}  // namespace

MessageParser::MessageParser() : storage_(std::make_unique<Storage>()) {}
MessageParser::~MessageParser() = default;

void MessageParser::forget() {
    storage_->forget();
}

std::optional<Call> MessageParser::parse_call(std::string_view frame) {
    const json::object* object = storage_->parse(frame);
    CallReader reader;
    if (object == nullptr || !reader.read(*object)) {
        return {};
    }
    return reader.call;
}

std::optional<ReplyView> MessageParser::parse_reply(std::string_view frame) {
    const json::object* object = storage_->parse(frame);
    if (object == nullptr) {
        return {};
    }
    ReplyView reply;
    if (const json::value* parameters = object->if_contains("parameters")) {
        reply.parameters = parameters->if_object();
    }
    if (const json::value* error = object->if_contains("error"); error && error->is_string()) {
        reply.error = error->get_string();
    }
    if (const json::value* continues = object->if_contains("continues")) {
        reply.continues = continues->is_bool() && continues->get_bool();
    }
    return reply;
}

std::string to_text(Parameters parameters) {
    return parameters != nullptr ? json::serialize(*parameters) : "{}";
}

EncodedReply EncodedReply::of_text(std::string_view json) {
    EncodedReply reply;
    reply.text_ += json;
    return reply;
}

std::string EncodedReply::frame(bool continues) && {
    text_ += continues ? ",\"continues\":true}" : "}";
    text_ += '\0';
    return std::move(text_);
}

void append_error(std::string& out, const Error& error) {
    ((out += "{\"error\":\"") += name_of(error)) += "\",\"parameters\":";
    encode_parameters(out, error);
    out += '}';
    out += '\0';
}

void append_call(std::string& out, std::string_view method, std::string_view parameters_json,
                 bool more, std::optional<std::int64_t> timeout_ms) {
    out += "{\"method\":";
    append_quoted(out, method);
    (out += ",\"parameters\":") += parameters_json;
    if (more) {
        out += ",\"more\":true";
    }
    if (timeout_ms) {
        (((out += ",\"") += timeout_header) += "\":") += std::to_string(*timeout_ms);
    }
    out += '}';
    out += '\0';
}

}  // namespace catalogd::protocol

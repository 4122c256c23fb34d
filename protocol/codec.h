// Messages to JSON and back. What can be encoded and decoded follows from the messages'
// descriptions alone: a member `last_seen` is `lastSeen` on the wire, an empty optional is left
// out, an unknown key is an error.
//
// These templates are instantiated once for each message, beside its interface, in
// protocol/clients.cpp and its like; a message without is a link error.
#pragma once

#include <string>
#include <string_view>

#include "protocol/errors.h"

namespace boost::json {
class object;
}

namespace catalogd::protocol {

// The `parameters` of a call or a reply, parsed; null where there are none.
using Parameters = const boost::json::object*;

// Ends in InvalidParameter or InvalidValue, `parameter` being the path to it: "files[3].size".
template <class Message>
Result<Message> decode(Parameters parameters);
// The same from the text of one JSON object; other text is InvalidParameter.
template <class Message>
Result<Message> decode_text(std::string_view json);

// Appends one JSON object.
template <class Message>
void encode(std::string& out, const Message& message);

// Appends the error's parameters as one JSON object.
void encode_parameters(std::string& out, const Error& error);

// JSON text of a string, quotes included.
void append_quoted(std::string& out, std::string_view text);

}  // namespace catalogd::protocol

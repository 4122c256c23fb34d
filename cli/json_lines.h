// Replies as JSON lines: one object per line, with the field names of the interface.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/codec.h"

namespace catalogd::cli {

void print_object(std::ostream& out, protocol::Parameters object);

// What the object of this JSON text holds under `name`.
void print_member_of(std::ostream& out, const std::string& json, std::string_view name);

template <class Reply>
void print_member(std::ostream& out, const Reply& reply, std::string_view name) {
    std::string json;
    protocol::encode(json, reply);
    print_member_of(out, json, name);
}

// The text that the object of this JSON text holds under `name`; empty where it holds none.
std::string text_member_of(const std::string& json, std::string_view name);

// Each element of the array that `object` holds under this name, `most` of them at most.
// Returns how many there were to print.
std::size_t print_elements(std::ostream& out, protocol::Parameters object, std::string_view name,
                           std::size_t most);

// Why a text is not one JSON object; empty where it is one.
std::optional<std::string> refuse_parameters(std::string_view text);

}  // namespace catalogd::cli

// What the catalog's codec lacks for org.varlink.certification: its further types, and names that
// are written with underscores.
#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "protocol/decode.ipp"
#include "protocol/message.h"
#include "tests/endpoints/certification.h"

namespace catalogd::protocol::codec {

constexpr bool keeps_underscores(std::string_view name) {
    return name == "client_id" || name == "last_more_replies" || name == "nullable_array_struct" ||
           name == "all_ok";
}

template <class Descriptor>
    requires(keeps_underscores(Descriptor::name))
struct WireName<Descriptor> {
    static constexpr std::string_view value = Descriptor::name;
};

}  // namespace catalogd::protocol::codec

// Found by the codec's templates beside the types that they read and append.
namespace catalogd::certification {

namespace codec = protocol::codec;
namespace json = boost::json;

inline void append(std::string& out, const Float& real) {
    out += json::serialize(json::value(real.value));
}

inline void append(std::string& out, const Object& object) {
    out += object.text;
}

inline void append(std::string& out, const StringSet& set) {
    out += '{';
    for (const std::string& name : set.names) {
        out += out.back() == '{' ? "" : ",";
        protocol::append_quoted(out, name);
        out += ":{}";
    }
    out += '}';
}

inline void append(std::string& out, const Words& words) {
    out += '{';
    for (const auto& [key, word] : words.entries) {
        codec::append_member(out, key, word);
    }
    out += '}';
}

inline void append(std::string& out, const std::optional<Words>& words) {
    words ? append(out, *words) : void(out += "null");
}

inline codec::Outcome read(const json::value& from, Float& to) {
    boost::system::error_code inexact;
    to.value = from.is_number() ? from.to_number<double>(inexact) : 0;
    return from.is_number() ? codec::Outcome{} : codec::mistyped();
}

// Objects are equal whatever the order of their keys.
inline json::value sorted(const json::value& value) {
    if (!value.is_object()) {
        return value;
    }
    std::map<std::string, json::value> members;
    for (const auto& [key, member] : value.get_object()) {
        members.emplace(key, sorted(member));
    }
    return json::object(members.begin(), members.end());
}

inline codec::Outcome read(const json::value& from, Object& to) {
    to.text = json::serialize(sorted(from));
    return from.is_object() ? codec::Outcome{} : codec::mistyped();
}

inline codec::Outcome read(const json::value& from, StringSet& to) {
    if (!from.is_object()) {
        return codec::mistyped();
    }
    for (const auto& [key, nothing] : from.get_object()) {
        if (!nothing.is_object() || !nothing.get_object().empty()) {
            return codec::mistyped();
        }
        to.names.emplace(key);
    }
    return {};
}

inline codec::Outcome read(const json::value& from, Words& to) {
    if (!from.is_object()) {
        return codec::mistyped();
    }
    for (const auto& [key, word] : from.get_object()) {
        if (auto refused = codec::read(word, to.entries[key])) {
            return std::move(*refused).within(std::string_view(key));
        }
    }
    return {};
}

}  // namespace catalogd::certification

// Decoding's templates: for the sources of protocol/ alone, since they need Boost.JSON.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cmath>

#include "protocol/encode.ipp"

namespace catalogd::protocol::codec {

namespace json = boost::json;

// Why a value was refused: of another type where `reason` is empty. `path` grows from the inside
// out, as the decoder returns.
struct Refused {
    std::string path;
    std::optional<std::string> reason;

    Refused within(std::string_view outer) && {
        const bool joined = path.empty() || path.front() == '[';
        path.insert(0, joined ? std::string(outer) : std::string(outer) + '.');
        return std::move(*this);
    }
};

// Nothing where all went well.
using Outcome = std::optional<Refused>;

inline Outcome mistyped() {
    return Refused{};
}
inline Outcome wrong(std::string reason) {
    return Refused{{}, std::move(reason)};
}

inline Outcome read(const json::value& from, std::string& to) {
    if (!from.is_string()) {
        return mistyped();
    }
    to = from.get_string();
    return {};
}

inline Outcome read(const json::value& from, bool& to) {
    if (!from.is_bool()) {
        return mistyped();
    }
    to = from.get_bool();
    return {};
}

inline Outcome read(const json::value& from, std::int64_t& to) {
    if (from.is_uint64()) {
        return wrong("must be at most 9223372036854775807");
    }
    if (!from.is_int64()) {
        return mistyped();
    }
    to = from.get_int64();
    return {};
}

inline Outcome read(const json::value& from, double& to) {
    if (!from.is_number()) {
        return mistyped();
    }
    to = from.to_number<double>();
    return std::isfinite(to) ? Outcome{} : wrong("must be a finite number");
}

Outcome read(const json::value& from, Object& to);  // in codec.cpp

// A value whose text form `parse` understands.
template <class T>
Outcome read_text(const json::value& from, T& to, std::optional<T> (*parse)(std::string_view),
                  const char* form) {
    if (!from.is_string()) {
        return mistyped();
    }
    const auto parsed = parse(from.get_string());
    if (!parsed) {
        return wrong(std::string("must be ") + form);
    }
    to = *parsed;
    return {};
}

inline Outcome read(const json::value& from, Id& to) {
    return read_text(from, to, parse_id, "32 hex digits or a dashed UUID");
}
inline Outcome read(const json::value& from, Time& to) {
    return read_text(from, to, parse_time, "a time as RFC 3339 writes it, 2025-01-10T12:00:00Z");
}
inline Outcome read(const json::value& from, TimeOrDay& to) {
    return read_text(from, to, parse_time_or_day,
                     "a time as RFC 3339 writes it, or a date alone: 2025-01-10");
}

inline Outcome read_base64(const json::value& from, std::string& to) {
    return read_text(from, to, parse_base64, "standard base64 with padding");
}
inline Outcome read(const json::value& from, Base64& to) {
    return read_base64(from, to.bytes);
}

template <std::size_t size>
Outcome read(const json::value& from, Key<size>& to) {
    if (auto refused = read_base64(from, to.value)) {
        return refused;
    }
    auto reason = check_key(to.value, size);
    return reason ? wrong(std::move(*reason)) : Outcome{};
}

template <class T>
    requires std::is_enum_v<T>
Outcome read(const json::value& from, T& to) {
    if (!from.is_string()) {
        return mistyped();
    }
    bool known = false;
    boost::mp11::mp_for_each<describe::describe_enumerators<T>>([&](auto descriptor) {
        if (WireName<decltype(descriptor)>::value == std::string_view(from.get_string())) {
            to = descriptor.value;
            known = true;
        }
    });
    return known ? Outcome{} : mistyped();
}

template <class T>
    requires describe::has_describe_members<T>::value
Outcome read(const json::value& from, T& to);

template <class Rule>
Outcome read(const json::value& from, Checked<Rule>& to);
template <class T>
Outcome read(const json::value& from, std::vector<T>& to);
inline Outcome read(const json::value& from, std::map<std::string, std::string>& to);

template <class T>
Outcome read(const json::value& from, std::optional<T>& to) {
    return from.is_null() ? Outcome{} : read(from, to.emplace());
}

template <class T>
Outcome read(const json::value& from, std::vector<T>& to) {
    if (!from.is_array()) {
        return mistyped();
    }
    to.reserve(from.get_array().size());
    for (const json::value& element : from.get_array()) {
        if (auto refused = read(element, to.emplace_back())) {
            return std::move(*refused).within('[' + std::to_string(to.size() - 1) + ']');
        }
    }
    return {};
}

inline Outcome read(const json::value& from, std::map<std::string, std::string>& to) {
    if (!from.is_object()) {
        return mistyped();
    }
    for (const auto& [key, value] : from.get_object()) {
        if (!value.is_string()) {
            return Refused{std::string(key), {}};
        }
        to.insert_or_assign(std::string(key), std::string(value.get_string()));
    }
    return {};
}

template <class Rule>
Outcome read(const json::value& from, Checked<Rule>& to) {
    if (auto refused = read(from, to.value)) {
        return refused;
    }
    auto reason = Rule::check(to.value);
    return reason ? wrong(std::move(*reason)) : Outcome{};
}

// Counted before its elements are read: a frame full of them must not become as many structs.
template <class Element, std::size_t high>
Outcome read(const json::value& from, Checked<CountRule<Element, high>>& to) {
    if (from.is_array()) {
        if (auto reason = check_count(from.get_array().size(), high)) {
            return wrong(std::move(*reason));
        }
    }
    return read(from, to.value);
}

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

// Null and absent are the same: refused for a member that is not optional.
template <class T>
Outcome read_member(const json::object& from, std::string_view name, T& to, std::size_t& present) {
    const json::value* value = from.if_contains(name);
    present += value != nullptr ? 1 : 0;
    const bool absent = value == nullptr || value->is_null();
    if (absent && IsOptional<T>::value) {
        return {};
    }
    Outcome refused = absent ? mistyped() : read(*value, to);
    return refused ? std::move(*refused).within(name) : Outcome{};
}

template <class T>
Outcome find_unknown(const json::object& from) {
    for (const auto& [key, value] : from) {
        bool known = false;
        boost::mp11::mp_for_each<Members<T>>([&, name = std::string_view(key)](auto descriptor) {
            known = known || WireName<decltype(descriptor)>::value == name;
        });
        if (!known) {
            return Refused{std::string(key), {}};
        }
    }
    return {};
}

// A call with a key that nobody knows is refused. A reply may come from a newer daemon: its new
// fields are passed over, in the structs too that say `grows` of themselves.
template <class T>
concept Growing = requires { T::grows; };

template <class T, bool growing = Growing<T>>
Outcome read_object(const json::object& from, T& to) {
    std::size_t present = 0;
    Outcome refused;
    boost::mp11::mp_for_each<Members<T>>([&](auto descriptor) {
        if (!refused) {
            refused = read_member(from, WireName<decltype(descriptor)>::value,
                                  to.*descriptor.pointer, present);
        }
    });
    if (!refused && !growing && present != from.size()) {
        return find_unknown<T>(from);
    }
    return refused;
}

template <class T>
    requires describe::has_describe_members<T>::value
Outcome read(const json::value& from, T& to) {
    return from.is_object() ? read_object(from.get_object(), to) : mistyped();
}

}  // namespace catalogd::protocol::codec

namespace catalogd::protocol {

template <class Message>
Result<Message> decode(Parameters parameters) {
    static const boost::json::object none;
    constexpr bool is_reply = !requires { Message::method; };
    Message message;
    if (auto refused = codec::read_object<Message, is_reply>(
            parameters != nullptr ? *parameters : none, message)) {
        if (refused->reason) {
            return Error(errors::InvalidValue{std::move(refused->path), *refused->reason});
        }
        return Error(errors::InvalidParameter{std::move(refused->path)});
    }
    return message;
}

template <class Message>
Result<Message> decode_text(std::string_view json) {
    boost::system::error_code error;
    const boost::json::value document = boost::json::parse(json, error);
    if (error || !document.is_object()) {
        return Error(errors::InvalidParameter{});
    }
    return decode<Message>(&document.get_object());
}

}  // namespace catalogd::protocol

// Both directions of a method, and of its reply.
#define CATALOGD_CODEC(Method)                                                   \
    template Result<Method> decode<Method>(Parameters);                          \
    template Result<Method> decode_text<Method>(std::string_view);               \
    template Result<Method::Reply> decode<Method::Reply>(Parameters);            \
    template Result<Method::Reply> decode_text<Method::Reply>(std::string_view); \
    template void encode<Method>(std::string&, const Method&);                   \
    template void encode<Method::Reply>(std::string&, const Method::Reply&)

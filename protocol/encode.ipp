// Encoding's templates: for the sources of protocol/ alone.
#pragma once

#include <array>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <charconv>
#include <map>
#include <vector>

#include "protocol/checked.h"
#include "protocol/codec.h"

namespace catalogd::protocol::codec {

namespace describe = boost::describe;

template <class T>
using Members = describe::describe_members<T, describe::mod_public>;

// The wire's camelCase for a member's snake_case, made at compile time.
template <class Descriptor>
struct WireName {
    static constexpr auto make() {
        struct Name {
            std::array<char, 64> text{};
            std::size_t size = 0;
        } made;
        bool upper = false;
        for (const char c : std::string_view(Descriptor::name)) {
            if (c == '_') {
                upper = true;
                continue;
            }
            made.text[made.size++] = upper ? static_cast<char>(c - 'a' + 'A') : c;
            upper = false;
        }
        return made;
    }
    static constexpr auto name = make();
    static constexpr std::string_view value{name.text.data(), name.size};
};

inline void append(std::string& out, const std::string& text) {
    append_quoted(out, text);
}
inline void append(std::string& out, bool value) {
    out += value ? "true" : "false";
}

inline void append(std::string& out, std::int64_t value) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

// Finite: JSON knows no other.
inline void append(std::string& out, double value) {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

inline void append(std::string& out, const Object& object) {
    out += object.json;
}

inline void append(std::string& out, const Id& id) {
    ((out += '"') += to_text(id)) += '"';
}
inline void append(std::string& out, Time time) {
    ((out += '"') += to_text(time)) += '"';
}
inline void append(std::string& out, const Base64& value) {
    ((out += '"') += to_base64(value.bytes)) += '"';
}
inline void append(std::string& out, const TimeOrDay& when) {
    ((out += '"') += to_text(when)) += '"';
}

template <class T>
    requires describe::has_describe_members<T>::value
void append(std::string& out, const T& object);
template <class Rule>
void append(std::string& out, const Checked<Rule>& checked);
template <class T>
void append(std::string& out, const std::vector<T>& elements);
inline void append(std::string& out, const std::map<std::string, std::string>& entries);

template <class T>
    requires std::is_enum_v<T>
void append(std::string& out, T value) {
    boost::mp11::mp_for_each<describe::describe_enumerators<T>>([&](auto descriptor) {
        if (descriptor.value == value) {
            ((out += '"') += WireName<decltype(descriptor)>::value) += '"';
        }
    });
}

template <class Rule>
void append(std::string& out, const Checked<Rule>& checked) {
    append(out, checked.value);
}

template <std::size_t size>
void append(std::string& out, const Key<size>& key) {
    ((out += '"') += to_base64(key.value)) += '"';
}

template <class T>
void append(std::string& out, const std::vector<T>& elements) {
    out += '[';
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (i > 0) {
            out += ',';
        }
        append(out, elements[i]);
    }
    out += ']';
}

inline void append(std::string& out, const std::map<std::string, std::string>& entries) {
    out += '{';
    for (const auto& [key, value] : entries) {
        if (out.back() != '{') {
            out += ',';
        }
        append_quoted(out, key);
        out += ':';
        append_quoted(out, value);
    }
    out += '}';
}

template <class T>
void append_member(std::string& out, std::string_view name, const T& value) {
    if (out.back() != '{') {
        out += ',';
    }
    ((out += '"') += name) += "\":";
    append(out, value);
}

template <class T>
void append_member(std::string& out, std::string_view name, const std::optional<T>& value) {
    if (value) {
        append_member(out, name, *value);
    }
}

template <class T>
    requires describe::has_describe_members<T>::value
void append(std::string& out, const T& object) {
    out += '{';
    boost::mp11::mp_for_each<Members<T>>([&](auto descriptor) {
        append_member(out, WireName<decltype(descriptor)>::value, object.*descriptor.pointer);
    });
    out += '}';
}

}  // namespace catalogd::protocol::codec

namespace catalogd::protocol {

template <class Message>
void encode(std::string& out, const Message& message) {
    codec::append(out, message);
}

}  // namespace catalogd::protocol

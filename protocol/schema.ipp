// JSON Schemas of described structs, as their encoding writes them: for the sources of protocol/
// alone.
#pragma once

#include "protocol/encode.ipp"

namespace catalogd::protocol::schema {

template <class T>
struct Tag {};

inline void append(std::string& out, Tag<std::string>) {
    out += R"({"type":"string"})";
}
inline void append(std::string& out, Tag<bool>) {
    out += R"({"type":"boolean"})";
}
inline void append(std::string& out, Tag<std::int64_t>) {
    out += R"({"type":"integer"})";
}
inline void append(std::string& out, Tag<double>) {
    out += R"({"type":"number"})";
}
inline void append(std::string& out, Tag<Time>) {
    out += R"({"type":"string","format":"date-time"})";
}

template <class T>
    requires boost::describe::has_describe_members<T>::value
void append(std::string& out, Tag<T> tag);

template <class T>
    requires std::is_enum_v<T>
void append(std::string& out, Tag<T> /*tag*/) {
    out += R"({"type":"string","enum":[)";
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto descriptor) {
        if (out.back() != '[') {
            out += ',';
        }
        ((out += '"') += codec::WireName<decltype(descriptor)>::value) += '"';
    });
    out += "]}";
}

template <class T>
void append(std::string& out, Tag<std::vector<T>> /*tag*/) {
    out += R"({"type":"array","items":)";
    append(out, Tag<T>{});
    out += '}';
}

template <class T>
void append(std::string& out, Tag<std::optional<T>> /*tag*/) {
    append(out, Tag<T>{});
}

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T, class Descriptor>
using MemberType = std::remove_cvref_t<decltype(std::declval<T&>().*Descriptor::pointer)>;

// Nothing else may stand there: a reader of an older schema has to look which version it reads.
template <class T>
    requires boost::describe::has_describe_members<T>::value
void append(std::string& out, Tag<T> /*tag*/) {
    std::string required;
    out += R"({"type":"object","properties":{)";
    boost::mp11::mp_for_each<codec::Members<T>>([&]<class Descriptor>(Descriptor) {
        using Member = MemberType<T, Descriptor>;
        if (out.back() != '{') {
            out += ',';
        }
        const std::string quoted = '"' + std::string(codec::WireName<Descriptor>::value) + '"';
        (out += quoted) += ':';
        append(out, Tag<Member>{});
        if (!IsOptional<Member>::value) {
            (required += required.empty() ? "" : ",") += quoted;
        }
    });
    ((out += R"(},"required":[)") += required) += R"(],"additionalProperties":false})";
}

// The members' names, those that may be left out with a question mark.
template <class T>
std::string member_list() {
    std::string out;
    boost::mp11::mp_for_each<codec::Members<T>>([&]<class Descriptor>(Descriptor) {
        out += out.empty() ? "`" : ", `";
        (out += codec::WireName<Descriptor>::value) +=
            IsOptional<MemberType<T, Descriptor>>::value ? "`?" : "`";
    });
    return out;
}

}  // namespace catalogd::protocol::schema

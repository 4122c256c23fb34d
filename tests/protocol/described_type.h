// What a message's struct says of itself, in the terms of the interface definition language.
#pragma once

#include <utility>

#include "protocol/encode.ipp"
#include "tests/protocol/idl.h"

namespace catalogd::protocol::idl {

template <class T, class List>
struct DescribesEveryMember;

// With one initialiser for each described member the struct is full: one more does not fit.
template <class T, template <class...> class List, class... Descriptors>
struct DescribesEveryMember<T, List<Descriptors...>> {
    template <class Descriptor>
    using Member = std::remove_reference_t<decltype(std::declval<T&>().*Descriptor::pointer)>;
    static constexpr bool fit = requires { T{std::declval<Member<Descriptors>>()...}; };
    static constexpr bool room_left = requires { T{std::declval<Member<Descriptors>>()..., {}}; };
    static constexpr bool value = fit && !room_left;
};

template <class T>
inline constexpr bool describes_every_member = DescribesEveryMember<T, codec::Members<T>>::value;

// How T crosses the wire, told by its specialisations.
template <class T>
struct Described;

template <class T>
Type described_type() {
    return Described<T>::type();
}

template <Type::Kind kind>
struct Plain {
    static Type type() { return {.kind = kind, .fields = {}}; }
};

template <>
struct Described<bool> : Plain<Type::Kind::boolean> {};
template <>
struct Described<std::int64_t> : Plain<Type::Kind::integer> {};
template <>
struct Described<double> : Plain<Type::Kind::real> {};
template <>
struct Described<std::string> : Plain<Type::Kind::string> {};
template <>
struct Described<Id> : Plain<Type::Kind::string> {};
template <>
struct Described<Time> : Plain<Type::Kind::string> {};
template <>
struct Described<Object> : Plain<Type::Kind::object> {};
template <>
struct Described<TimeOrDay> : Plain<Type::Kind::string> {};
template <>
struct Described<Base64> : Plain<Type::Kind::string> {};
template <std::size_t size>
struct Described<Key<size>> : Plain<Type::Kind::string> {};

template <class Rule>
struct Described<Checked<Rule>> : Described<typename Rule::Value> {};

template <class T>
struct Described<std::optional<T>> {
    static Type type() {
        Type result = described_type<T>();
        result.nullable = true;
        return result;
    }
};

template <class T>
struct Described<std::vector<T>> {
    static Type type() {
        return {.kind = Type::Kind::array, .fields = {}, .element = {described_type<T>()}};
    }
};

template <class T>
struct Described<std::map<std::string, T>> {
    static Type type() {
        return {.kind = Type::Kind::dictionary, .fields = {}, .element = {described_type<T>()}};
    }
};

template <class T>
    requires std::is_enum_v<T>
struct Described<T> {
    static Type type() {
        Type result{.kind = Type::Kind::enumeration, .fields = {}};
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto descriptor) {
            result.enumerators.emplace_back(codec::WireName<decltype(descriptor)>::value);
        });
        return result;
    }
};

template <class T>
    requires boost::describe::has_describe_members<T>::value
struct Described<T> {
    static_assert(describes_every_member<T>, "a member is missing in BOOST_DESCRIBE_STRUCT");

    static Type type() {
        Type result{.kind = Type::Kind::structure, .fields = {}};
        boost::mp11::mp_for_each<codec::Members<T>>([&](auto descriptor) {
            using Member = std::remove_cvref_t<decltype(std::declval<T&>().*descriptor.pointer)>;
            result.fields.push_back({std::string(codec::WireName<decltype(descriptor)>::value),
                                     described_type<Member>(),
                                     {}});
        });
        return result;
    }
};

}  // namespace catalogd::protocol::idl

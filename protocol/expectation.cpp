#include "protocol/expectation.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace catalogd::protocol {
namespace {

namespace json = boost::json;

// 1 and 1.0 are one number.
bool same_number(const json::value& a, const json::value& b) {
    const bool both_whole = !a.is_double() && !b.is_double();
    return both_whole ? a == b : a.to_number<double>() == b.to_number<double>();
}

bool same(const json::value& a, const json::value& b);

bool same_elements(const json::array& a, const json::array& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

bool same_members(const json::object& a, const json::object& b) {
    if (a.size() != b.size()) {
        return false;
    }
    for (const auto& [key, value] : a) {
        const json::value* other = b.if_contains(key);
        if (other == nullptr || !same(value, *other)) {
            return false;
        }
    }
    return true;
}

bool same(const json::value& a, const json::value& b) {
    if (a.is_number() && b.is_number()) {
        return same_number(a, b);
    }
    if (a.is_array() && b.is_array()) {
        return same_elements(a.get_array(), b.get_array());
    }
    if (a.is_object() && b.is_object()) {
        return same_members(a.get_object(), b.get_object());
    }
    return a == b;
}

using Unmet = std::optional<std::string>;

Unmet compare(const json::object& expected, const json::object& reply);

Unmet compare(const json::value& expected, const json::value* found) {
    if (found == nullptr || found->is_null()) {
        return expected.is_null() ? Unmet() : "";
    }
    if (expected.is_object() && found->is_object()) {
        return compare(expected.get_object(), found->get_object());
    }
    return same(expected, *found) ? Unmet() : "";
}

Unmet compare(const json::object& expected, const json::object& reply) {
    for (const auto& [key, value] : expected) {
        if (const Unmet inner = compare(value, reply.if_contains(key))) {
            return std::string(key) + (inner->empty() ? "" : "." + *inner);
        }
    }
    return {};
}

}  // namespace

std::optional<std::string> unmet_expectation(std::string_view expected, std::string_view reply) {
    return compare(json::parse(expected).as_object(), json::parse(reply).as_object());
}

}  // namespace catalogd::protocol

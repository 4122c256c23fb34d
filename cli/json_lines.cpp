#include "cli/json_lines.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "cli/printable.h"
#include "protocol/message.h"

namespace catalogd::cli {
namespace {

void print_value(std::ostream& out, const boost::json::value& value) {
    out << printable_json(boost::json::serialize(value)) << '\n';
}

const boost::json::value* find(protocol::Parameters object, std::string_view name) {
    return object != nullptr ? object->if_contains(name) : nullptr;
}

}  // namespace

void print_object(std::ostream& out, protocol::Parameters object) {
    out << printable_json(protocol::to_text(object)) << '\n';
}

void print_member_of(std::ostream& out, const std::string& json, std::string_view name) {
    const boost::json::value object = boost::json::parse(json);
    print_value(out, object.at(name));
}

std::string text_member_of(const std::string& json, std::string_view name) {
    boost::system::error_code error;
    const boost::json::value object = boost::json::parse(json, error);
    const auto* member = object.is_object() ? find(&object.get_object(), name) : nullptr;
    return member != nullptr && member->is_string() ? std::string(member->get_string()) : "";
}

std::size_t print_elements(std::ostream& out, protocol::Parameters object, std::string_view name,
                           std::size_t most) {
    const auto* value = find(object, name);
    if (value == nullptr || !value->is_array()) {
        return 0;
    }
    const auto& elements = value->get_array();
    const std::size_t count = std::min(elements.size(), most);
    for (std::size_t i = 0; i < count; ++i) {
        print_value(out, elements[i]);
    }
    return count;
}

std::optional<std::string> refuse_parameters(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = protocol::depth_limit - 1;  // the call around it is one level
    boost::json::parser parser({}, options);
    boost::system::error_code error;
    parser.write(text.data(), text.size(), error);
    if (error) {
        return "not JSON: " + error.message();
    }
    if (!parser.release().is_object()) {
        return "not one JSON object, such as {\"name\":\"value\"}";
    }
    return {};
}

}  // namespace catalogd::cli

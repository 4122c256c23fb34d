#include "protocol/attributes.h"

#include <boost/json/parse.hpp>

#include "protocol/decode.ipp"

namespace catalogd::protocol {

std::string attributes_text(const std::map<std::string, std::string>& attributes) {
    std::string text;
    codec::append(text, attributes);
    return text;
}

std::map<std::string, std::string> parse_attributes(std::string_view text) {
    std::map<std::string, std::string> attributes;
    boost::system::error_code error;
    const boost::json::value document = boost::json::parse(text, error);
    if (!error) {
        codec::read(document, attributes);
    }
    return attributes;
}

}  // namespace catalogd::protocol

#include <stdexcept>

#include "endpoints/http/session.h"

namespace catalogd::endpoints::http {

Subscribing subscribing_of(const Target& target) {
    Subscribing asked;
    std::vector<std::string> types;
    for (const auto& [name, value] : target.parameters) {
        if (name == "types") {
            std::string_view rest = value;
            while (!rest.empty()) {
                const std::string_view type = rest.substr(0, rest.find(','));
                rest.remove_prefix(std::min(rest.size(), type.size() + 1));
                types.emplace_back(type);
            }
        } else if (name == "after") {
            asked.after = protocol::events::parse_sequence(value);
            if (!asked.after) {
                throw std::invalid_argument("after must be the sequence of an event");
            }
        } else {
            throw std::invalid_argument("there is no parameter " + name);
        }
    }
    asked.filter = actors::events::Filter(std::move(types));
    return asked;
}

}  // namespace catalogd::endpoints::http

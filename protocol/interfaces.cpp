#include "protocol/interfaces.h"

#include <string>

namespace catalogd::embedded {
extern const std::span<const std::pair<std::string_view, std::string_view>> interface_texts;
}

namespace catalogd::protocol {

std::span<const std::pair<std::string_view, std::string_view>> interfaces() {
    return embedded::interface_texts;
}

std::optional<std::string_view> description_of(std::string_view interface) {
    for (const auto& [name, text] : interfaces()) {
        if (name == interface) {
            return text;
        }
    }
    return {};
}

bool describes_method(std::string_view interface, std::string_view method) {
    const auto text = description_of(interface);
    return text && text->find("\nmethod " + std::string(method) + "(") != std::string_view::npos;
}

}  // namespace catalogd::protocol

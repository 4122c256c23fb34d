#include "config/key_facts.h"

#include "config/written.h"

namespace catalogd::config {

std::string type_name(const Key& key) {
    switch (key.type()) {
        case Type::Path:
            return "path";
        case Type::Group:
            return "name or number";
        case Type::Mode:
            return "mode";
        case Type::Count:
            return "whole number";
        case Type::Size:
            return "size";
        case Type::Duration:
            return "duration";
        case Type::Level:
            return "level";
        case Type::Principals:
            return "list of user:... and group:...";
        case Type::Text:
            return "text";
        case Type::Timetable:
            return "time";
        case Type::Switch:
            return "switch";
    }
    return "value";
}

std::string allowed(const Key& key) {
    if (key.type() == Type::Timetable) {
        return "every, daily, weekly or never";
    }
    if (key.type() == Type::Switch) {
        return "true, false";
    }
    if (key.type() != Type::Level) {
        return written_bounds(key);
    }
    std::string names;
    for (const std::string_view name : kLevelNames) {
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    return names;
}

std::string in_force(const Key& key) {
    switch (key.effect) {
        case Effect::Live:
            return "at once";
        case Effect::Restart:
            return "at start";
        case Effect::Start:
            return "at start, not kept in the catalog";
    }
    return "";
}

}  // namespace catalogd::config

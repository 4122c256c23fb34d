#include "config/written.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "config/units.h"
#include "config/values.h"

namespace catalogd::config {
namespace {

template <typename... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

std::string quoted_mode(unsigned mode) {
    std::string out(1, '"');
    out += write_mode(mode);
    return out += '"';
}

std::string written_list(const std::vector<std::string>& entries) {
    std::string out = "[";
    for (const std::string& entry : entries) {
        out += (out.size() > 1 ? ", " : "") + yaml_text(entry);
    }
    return out + "]";
}

std::string span(const std::string& least, const std::string& most) {
    return least + " to " + most;
}

}  // namespace

bool reads_as_other_type(std::string_view text) {
    constexpr std::array<std::string_view, 11> words{"",   "~",  "null", "true", "false", "yes",
                                                     "no", "on", "off",  ".inf", ".nan"};
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    const bool number = lower.find_first_of("0123456789") != std::string::npos &&
                        lower.find_first_not_of("0123456789+-._e") == std::string::npos;
    return number || lower.starts_with("0x") || lower.starts_with("0o") ||
           std::ranges::find(words, lower) != words.end();
}

std::string yaml_text(std::string_view text) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-";
    if (!reads_as_other_type(text) && text.find_first_not_of(plain) == std::string_view::npos &&
        !text.starts_with('-')) {
        return std::string(text);
    }
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') {
            out += '\\';
        }
        out += letter;
    }
    return out + "\"";
}

std::string written(const Key& key, const Config& config) {
    const Overloaded handlers{
        [&](const PathSlot& slot) { return yaml_text(slot.of(config)); },
        [&](const GroupSlot& slot) { return yaml_text(slot.of(config)); },
        [&](const ModeSlot& slot) { return quoted_mode(slot.of(config)); },
        [&](const CountSlot& slot) { return std::to_string(slot.of(config)); },
        [&](const SizeSlot& slot) { return write_size(slot.of(config)); },
        [&](const DurationSlot& slot) { return write_duration(slot.of(config)); },
        [&](const LevelSlot& slot) {
            return std::string(kLevelNames[static_cast<std::size_t>(slot.of(config))]);
        },
        [&](const PrincipalsSlot& slot) { return written_list(slot.of(config)); },
        [&](const TextSlot& slot) { return yaml_text(slot.of(config)); },
        [&](const TimetableSlot& slot) { return write_timetable(slot.of(config)); },
        [&](const SwitchSlot& slot) { return std::string(slot.of(config) ? "true" : "false"); },
    };
    return std::visit(handlers, key.field);
}

std::string written_fallback(const Key& key) {
    Config config;
    assign(key, outside_value(key, key.fallback), config);
    return written(key, config);
}

std::string written_bounds(const Key& key) {
    const auto [least, most] = key.bounds;
    const Overloaded handlers{
        [=](const PathSlot&) {
            return span(std::to_string(least), std::to_string(most)) + " bytes";
        },
        [=](const GroupSlot&) {
            return span(std::to_string(least), std::to_string(most)) + " bytes";
        },
        [=](const ModeSlot&) {
            return span(quoted_mode(static_cast<unsigned>(least)),
                        quoted_mode(static_cast<unsigned>(most)));
        },
        [=](const CountSlot&) { return span(std::to_string(least), std::to_string(most)); },
        [=](const SizeSlot&) { return span(write_size(least), write_size(most)); },
        [=](const DurationSlot&) {
            return span(write_duration(std::chrono::milliseconds(least)),
                        write_duration(std::chrono::milliseconds(most)));
        },
        [](const LevelSlot&) { return std::string(); },
        [=](const PrincipalsSlot&) {
            return span(std::to_string(least), std::to_string(most)) + " entries";
        },
        [=](const TextSlot&) {
            return span(std::to_string(least), std::to_string(most)) + " bytes";
        },
        [](const TimetableSlot&) { return std::string(); },
        [](const SwitchSlot&) { return std::string(); },
    };
    return std::visit(handlers, key.field);
}

std::string_view noun(Type type) {
    switch (type) {
        case Type::Path:
            return "a path";
        case Type::Group:
            return "a group's name or number";
        case Type::Mode:
            return "a mode in quotes";
        case Type::Count:
            return "a whole number";
        case Type::Size:
            return "a size";
        case Type::Duration:
            return "a duration";
        case Type::Level:
            return "a level";
        case Type::Principals:
            return "a list";
        case Type::Text:
            return "a text";
        case Type::Timetable:
            return "a time";
        case Type::Switch:
            return "true or false";
    }
    return "a value";
}

}  // namespace catalogd::config

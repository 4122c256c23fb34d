#include <algorithm>
#include <stdexcept>

#include "actors/events/event.h"
#include "protocol/events.h"

namespace catalogd::actors::events {
namespace {

namespace wire = protocol::events;

constexpr std::size_t patterns_limit = 64;

bool matches(std::string_view pattern, std::string_view type) {
    return pattern.ends_with(".*") ? type.starts_with(pattern.substr(0, pattern.size() - 1))
                                   : type == pattern;
}

}  // namespace

Filter::Filter(std::vector<std::string> patterns) : patterns_(std::move(patterns)) {
    if (patterns_.size() > patterns_limit) {
        throw std::invalid_argument("must be at most " + std::to_string(patterns_limit));
    }
    for (const std::string& pattern : patterns_) {
        if (std::ranges::none_of(wire::event_types(), [&](const wire::EventType& row) {
                return matches(pattern, row.type);
            })) {
            throw std::invalid_argument("no event has the type " + pattern);
        }
    }
}

bool Filter::wants(std::string_view type) const {
    if (type == wire::snapshot_type || type == wire::heartbeat_type || type == wire::lost_type) {
        return true;
    }
    if (patterns_.empty()) {
        return type != wire::sample_type;
    }
    return std::ranges::any_of(
        patterns_, [type](const std::string& pattern) { return matches(pattern, type); });
}

}  // namespace catalogd::actors::events

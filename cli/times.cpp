#include "cli/times.h"

namespace catalogd::cli {

Result<void> read_time(const std::string& option, const std::string& text,
                       std::optional<protocol::TimeOrDay>& to) {
    if (text.empty()) {
        return {};
    }
    to = protocol::parse_time_or_day(text);
    if (!to) {
        return usage_failure(option + " takes a date or a time: 2025-01-10, 2025-01-10T12:00:00Z");
    }
    return {};
}

}  // namespace catalogd::cli

#include "actors/jobs/growth.h"

#include "protocol/codec.h"

namespace catalogd::actors {

std::optional<DatabaseSize> size_noted(const protocol::jobs::JobRun& run) {
    using protocol::jobs::Cleanup;
    if (run.job != Cleanup::method || !run.result) {
        return {};
    }
    const auto noted = protocol::decode_text<Cleanup::Reply>(run.result->json);
    return noted && noted->database_bytes > 0
               ? std::optional(DatabaseSize{run.started_at.milliseconds, noted->database_bytes})
               : std::nullopt;
}

std::optional<double> growth_per_day(const std::vector<DatabaseSize>& sizes) {
    constexpr double day = 24 * 3'600'000.0;
    constexpr std::int64_t least = 6 * std::int64_t{3'600'000};
    if (sizes.empty() || sizes.back().at - sizes.front().at < least) {
        return {};
    }
    const auto grown = static_cast<double>(sizes.back().bytes - sizes.front().bytes);
    return grown / (static_cast<double>(sizes.back().at - sizes.front().at) / day);
}

}  // namespace catalogd::actors

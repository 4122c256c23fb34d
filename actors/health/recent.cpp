#include "actors/health/recent.h"

#include <numeric>

namespace catalogd::actors::health {
namespace {

constexpr std::size_t looks_remembered = 10;

double share_busy(const Readers::Figures& readers) {
    return readers.readers == 0
               ? 0
               : static_cast<double>(readers.active) / static_cast<double>(readers.readers);
}

double milliseconds_of(std::int64_t nanoseconds) {
    return static_cast<double>(nanoseconds) / 1e6;
}

}  // namespace

Recent Recollection::note(const Figures& figures) {
    const auto readers_refused = static_cast<std::int64_t>(figures.readers.refused);
    const Counted now{readers_refused + static_cast<std::int64_t>(figures.writer.refused),
                      figures.events.slow, figures.writer.commits, figures.writer.operations,
                      figures.commit_times};
    minute_.note(figures.at, now);
    refused_.note(figures.at, readers_refused);
    replaced_.note(figures.at,
                   figures.readers.replaced_for_age + figures.readers.replaced_after_failure);
    busy_.push_back(share_busy(figures.readers));
    if (busy_.size() > looks_remembered) {
        busy_.pop_front();
    }
    recent_.readers_busy =
        std::accumulate(busy_.begin(), busy_.end(), 0.0) / static_cast<double>(busy_.size());
    recent_.refused_in_minute = now.refused - minute_.before().refused;
    recent_.slow_in_minute = now.slow - minute_.before().slow;
    recent_.refused_in_hour = readers_refused - refused_.before();
    recent_.replaced_in_hour = figures.readers.replaced_for_age +
                               figures.readers.replaced_after_failure - replaced_.before();
    note_commits(minute_.before(), now);
    return recent_;
}

void Recollection::note_commits(const Counted& before, const Counted& now) {
    if (now.commits == before.commits) {
        return;
    }
    recent_.batch_size = static_cast<double>(now.operations - before.operations) /
                         static_cast<double>(now.commits - before.commits);
    catalog::Durations::Counts between{};
    std::transform(now.commit_times.begin(), now.commit_times.end(), before.commit_times.begin(),
                   between.begin(), std::minus<>());
    recent_.commit_p50_ms = milliseconds_of(catalog::Durations::percentile(between, 50));
    recent_.commit_p99_ms = milliseconds_of(catalog::Durations::percentile(between, 99));
}

}  // namespace catalogd::actors::health

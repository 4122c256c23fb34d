#include "actors/health/chronicle.h"

namespace catalogd::actors::health {

std::vector<protocol::metrics::Sample> Chronicle::note(const Figures& figures,
                                                       const Recent& recent) {
    if (!begin_) {
        begin_ = figures;
    }
    const std::chrono::duration<double> time = figures.at - begin_->at;
    if (time < std::chrono::minutes(1)) {
        return {};
    }
    std::vector<protocol::metrics::Sample> samples;
    const auto add = [&](const char* name, double value) {
        samples.push_back({{std::string("catalogd.") + name}, value, {}});
    };
    const auto add_rate = [&](const char* name, std::int64_t is, std::int64_t was) {
        add(name, static_cast<double>(is - was) / time.count());
    };
    add_rate("reads_per_second", figures.readers.answered, begin_->readers.answered);
    add_rate("writes_per_second", figures.writer.operations, begin_->writer.operations);
    add_rate("commits_per_second", figures.writer.commits, begin_->writer.commits);
    add("commit_p50_ms", recent.commit_p50_ms);
    add("commit_p99_ms", recent.commit_p99_ms);
    add("batch_size", recent.batch_size);
    add("queued", static_cast<double>(figures.writer.queued + figures.readers.queued));
    add("refused_in_minute", static_cast<double>(recent.refused_in_minute));
    add("readers_busy", recent.readers_busy);
    add("database_bytes", static_cast<double>(figures.database_bytes));
    add("wal_bytes", static_cast<double>(figures.log_bytes));
    if (figures.disk_free) {
        add("disk_free_bytes", static_cast<double>(*figures.disk_free));
    }
    add("subscribers", static_cast<double>(figures.events.subscribers));
    begin_ = figures;
    return samples;
}

}  // namespace catalogd::actors::health

// Slow statements, folded: each name once for each time that somebody asks.
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/events.h"

namespace catalogd::actors::events {

// Safe for any number of threads. There are as many names as the program has statements.
class SlowStatements {
public:
    void note(std::string_view name, std::chrono::nanoseconds took) {
        const double milliseconds = std::chrono::duration<double, std::milli>(took).count();
        const std::lock_guard lock(mutex_);
        auto& noted = noted_[name];
        ++noted.count;
        noted.longest_ms = std::max(noted.longest_ms, milliseconds);
    }
    // Those since the last time.
    std::vector<protocol::events::StatementSlow> take() {
        const std::lock_guard lock(mutex_);
        std::vector<protocol::events::StatementSlow> taken;
        for (auto& [name, noted] : noted_) {
            noted.statement = name;
            taken.push_back(std::move(noted));
        }
        noted_.clear();
        return taken;
    }

private:
    std::mutex mutex_;
    std::map<std::string_view, protocol::events::StatementSlow> noted_;
};

}  // namespace catalogd::actors::events

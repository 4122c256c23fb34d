// How many requests come in a second, as a count of them shows that is looked at from time to time.
#pragma once

#include <cstdint>
#include <deque>

#include "actors/clock.h"

namespace catalogd::actors {

class RequestRate {
public:
    // What was counted so far, from the first request on.
    void look(std::int64_t counted, Moment now) {
        looks_.push_back({now, counted});
        while (looks_.size() > 2 && looks_[1].at <= now - span) {
            looks_.pop_front();
        }
    }

    // Over the last seconds; 0 before anything is known.
    [[nodiscard]] double per_second() const {
        if (looks_.size() < 2) {
            return 0;
        }
        const std::chrono::duration<double> time = looks_.back().at - looks_.front().at;
        const auto requests = static_cast<double>(looks_.back().counted - looks_.front().counted);
        return time.count() > 0 ? requests / time.count() : 0;
    }

private:
    static constexpr auto span = std::chrono::seconds(10);
    struct Look {
        Moment at;
        std::int64_t counted = 0;
    };
    std::deque<Look> looks_;
};

}  // namespace catalogd::actors

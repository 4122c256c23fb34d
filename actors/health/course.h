// How a figure that only grows has grown of late.
#pragma once

#include <deque>

#include "actors/clock.h"

namespace catalogd::actors::health {

// Remembers the figure as it was up to `span` ago, noted once in `step` at most.
template <class Value>
class Course {
public:
    Course(Moment::duration span, Moment::duration step) : span_(span), step_(step) {}

    void note(Moment at, const Value& value) {
        if (noted_.empty() || at - noted_.back().at >= step_) {
            noted_.push_back({at, value});
        }
        while (noted_.size() > 1 && at - noted_[1].at >= span_) {
            noted_.pop_front();
        }
    }
    // As it was then, or when it was first noted.
    [[nodiscard]] const Value& before() const { return noted_.front().value; }

private:
    struct Noted {
        Moment at;
        Value value;
    };
    const Moment::duration span_;
    const Moment::duration step_;
    std::deque<Noted> noted_;
};

}  // namespace catalogd::actors::health

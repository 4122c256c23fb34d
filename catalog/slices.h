// Long work in slices: between two of them it says how far it has come, and ends when told to.
#pragma once

#include <functional>

#include "catalog/failure.h"

namespace catalogd::catalog {

class Slices {
public:
    Slices() = default;  // nobody is told, and nobody stops it
    Slices(std::function<void(double)> told, std::function<bool()> stop)
        : told_(std::move(told)), stop_(std::move(stop)) {}

    // Between two slices; `done` from 0 to 1. Throws Stopped.
    void next(double done) const {
        if (stopped()) {
            throw Stopped{};
        }
        if (told_) {
            told_(done);
        }
    }
    [[nodiscard]] bool stopped() const { return stop_ && stop_(); }

    // A stretch of the whole, which is a whole to those who do it.
    [[nodiscard]] Slices part(double from, double to) const {
        return {[told = told_, from, to](double done) {
                    if (told) {
                        told(from + (to - from) * done);
                    }
                },
                stop_};
    }

private:
    std::function<void(double)> told_;
    std::function<bool()> stop_;
};

}  // namespace catalogd::catalog

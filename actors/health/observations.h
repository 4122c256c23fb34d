// What each check looks at, when it is bad, and what a person can do about it.
#pragma once

#include <vector>

#include "actors/health/checks.h"
#include "actors/health/recent.h"

namespace catalogd::actors::health {

// Where each check begins to be bad: milliseconds, parts of a hundred, bytes.
struct Thresholds {
    Marks writer{5'000, 30'000};
    Marks readers{90, 0};
    Marks queue{50, 90};
    Marks database{500e6, 1'000e6};
    Marks log{256 << 20, 512 << 20};
    Marks disk{2LL << 30, 512 << 20};
    bool operator==(const Thresholds&) const = default;
};

// One for each check of io.catalogd.Health, in the contract's order.
std::vector<Observation> observe(const Figures& figures, const Recent& recent,
                                 const Thresholds& thresholds);

// "1.5 GiB"
std::string bytes_text(double bytes);

}  // namespace catalogd::actors::health

// Numbers over time: samples of named metrics. A name is known as long as it has samples.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "catalog/transaction.h"

namespace catalogd::catalog::metrics {

struct Sample {
    std::string name;
    std::int64_t at = 0;
    double value = 0;  // finite
};

// Samples from before `before` that are removed, the oldest of each name first, `most` at most.
struct Expiry {
    std::int64_t before = std::numeric_limits<std::int64_t>::min();
    std::int64_t most = 0;
};

// Adds the samples, those of equal time in their order, and removes expired ones of their names:
// whoever records keeps the number of samples where it is. What is added stays, however old.
void record(WriteTransaction& transaction, const std::vector<Sample>& samples,
            const Expiry& expiry);

// Adds the sample unless one of this name, time and value is there: an import may be repeated.
bool record_once(WriteTransaction& transaction, const Sample& sample);

// A slice of cleaning up, whatever the name. Returns how many samples went; less than `most`: no
// expired ones are left.
std::int64_t remove_expired(WriteTransaction& transaction, const Expiry& expiry);

// Removes every sample from before this time. Where they are more than `most` it removes none and
// throws TooManySamples.
std::int64_t trim(WriteTransaction& transaction, std::int64_t before, std::int64_t most);

std::vector<std::string> names(Connection& connection);

// Both ends belong to it.
struct Window {
    std::int64_t from = std::numeric_limits<std::int64_t>::min();
    std::int64_t to = std::numeric_limits<std::int64_t>::max();
};

struct Point {
    std::int64_t at = 0;
    double value = 0;
};

// A name's samples in order of time. Where they are more than `most`, exactly so many points: each
// the mean, of times and of values, of consecutive samples; groups differ by one sample at most.
std::vector<Point> history(Connection& connection, const std::string& name, const Window& window,
                           std::int64_t most);

}  // namespace catalogd::catalog::metrics

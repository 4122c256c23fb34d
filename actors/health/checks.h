// The checks: from what was observed to pass, warn or fail, and since when.
//
// A status changes when it has been another for a while, and goes back later than it came: once a
// mark is passed, the figure has to leave it by a tenth, for ten seconds. What wavers around a mark
// is one change, not many.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "actors/health/figures.h"

namespace catalogd::actors::health {

using protocol::health::Check;

// Where a figure begins to be bad. 0: nowhere.
struct Marks {
    double warn = 0;
    double fail = 0;
    bool operator==(const Marks&) const = default;
};

// What one check has seen.
struct Observation {
    std::string name;
    std::optional<double> observed{};
    std::optional<std::string> unit{};
    Marks marks{};
    bool less_is_worse = false;
    // It is at least so bad whatever was observed.
    Status at_least = Status::pass;
    std::string reason{};  // where it is no pass, or where `always_told`
    std::string recommendation{};
    bool always_told = false;
};

class Checks {
public:
    static constexpr auto worse_after = std::chrono::seconds(2);
    static constexpr auto better_after = std::chrono::seconds(10);

    // In the order of the observations. The first look counts at once.
    std::vector<Check> judge(const std::vector<Observation>& seen, Moment now, std::int64_t wall);

private:
    struct State {
        Status status = Status::pass;
        std::int64_t since = 0;  // milliseconds since 1970
        // Since when it has been worse, or better, without a pause.
        std::optional<Moment> worse{};
        std::optional<Moment> better{};
    };
    static void follow(State& state, Status seen, Moment now, std::int64_t wall);

    std::map<std::string, State, std::less<>> states_;
};

// The status for itself, where `held` is the present one.
Status status_of(const Observation& seen, Status held);

}  // namespace catalogd::actors::health

#include "actors/health/checks.h"

#include <algorithm>

namespace catalogd::actors::health {
namespace {

// What has to be left by, of a mark that is held.
constexpr double ease = 0.1;

bool beyond(const Observation& seen, double mark, bool held) {
    if (mark <= 0 || !seen.observed) {
        return false;
    }
    if (seen.less_is_worse) {
        return *seen.observed < (held ? mark * (1 + ease) : mark);
    }
    return *seen.observed >= (held ? mark * (1 - ease) : mark);
}

std::optional<double> told(double mark) {
    return mark > 0 ? std::optional(mark) : std::nullopt;
}

std::optional<std::string> told(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

Status status_of(const Observation& seen, Status held) {
    const Status own = beyond(seen, seen.marks.fail, held == Status::fail)   ? Status::fail
                       : beyond(seen, seen.marks.warn, held != Status::pass) ? Status::warn
                                                                             : Status::pass;
    return std::max(own, seen.at_least);
}

std::vector<Check> Checks::judge(const std::vector<Observation>& seen, Moment now,
                                 std::int64_t wall) {
    std::vector<Check> checks;
    for (const Observation& one : seen) {
        const auto [place, first] = states_.try_emplace(one.name);
        State& state = place->second;
        if (first) {
            state.status = status_of(one, Status::pass);
            state.since = wall;
        } else {
            follow(state, status_of(one, state.status), now, wall);
        }
        Check& check = checks.emplace_back();
        check.name = one.name;
        check.status = state.status;
        check.observed = one.observed;
        check.unit = one.unit;
        check.warn_at = told(one.marks.warn);
        check.fail_at = told(one.marks.fail);
        check.since = {state.since};
        if (state.status != Status::pass || one.always_told) {
            check.reason = told(one.reason);
            check.recommendation = told(one.recommendation);
        }
    }
    return checks;
}

void Checks::follow(State& state, Status seen, Moment now, std::int64_t wall) {
    const auto note = [now](std::optional<Moment>& since, bool holds) {
        since = holds ? std::optional(since.value_or(now)) : std::nullopt;
    };
    note(state.worse, seen > state.status);
    note(state.better, seen < state.status);
    const bool settled = (state.worse && now - *state.worse >= worse_after) ||
                         (state.better && now - *state.better >= better_after);
    if (settled) {
        state = {seen, wall};
    }
}

}  // namespace catalogd::actors::health

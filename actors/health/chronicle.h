// The daemon's own figures over time: what goes into the history of metrics, once a minute.
#pragma once

#include <optional>
#include <vector>

#include "actors/health/figures.h"
#include "actors/health/recent.h"
#include "protocol/metrics.h"

namespace catalogd::actors::health {

class Chronicle {
public:
    // Each time the actor has looked. Empty until a minute is over.
    std::vector<protocol::metrics::Sample> note(const Figures& figures, const Recent& recent);

private:
    std::optional<Figures> begin_;  // of this minute
};

}  // namespace catalogd::actors::health

// From one look to the next: what subscribers are told.
#pragma once

#include <optional>

#include "actors/events/hub.h"
#include "actors/health/figures.h"
#include "actors/health/recent.h"

namespace catalogd::actors::health {

class News {
public:
    explicit News(events::Hub& hub) : hub_(hub) {}

    // `now`: what is told of the look.
    void tell(const protocol::health::Health& now, const Figures& figures, const Recent& recent);

private:
    void tell_checks(const protocol::health::Health& now);
    void tell_refused(const Figures& figures, const Recent& recent);
    void tell_sample(const protocol::health::Health& now, const Figures& figures,
                     const Recent& recent);
    void beat(Moment now);

    events::Hub& hub_;
    // As the last look had them.
    std::optional<protocol::health::Health> before_;
    Figures figures_before_;
    Moment last_beat_{};
};

}  // namespace catalogd::actors::health

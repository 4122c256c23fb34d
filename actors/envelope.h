// A message on its way to an actor, and how its answer comes back.
#pragma once

#include <functional>
#include <optional>

#include "actors/clock.h"
#include "protocol/errors.h"

namespace catalogd::actors {

// The time that a request has, what it spends in queues included.
struct Deadline {
    Moment accepted;
    Moment end;

    [[nodiscard]] bool passed(Moment now) const { return now >= end; }
    [[nodiscard]] protocol::Error error() const {
        const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(end - accepted);
        return protocol::errors::DeadlineExceeded{span.count()};
    }
};

template <class Message>
struct Envelope {
    using Outcome = protocol::Result<typename Message::Reply>;

    Message message;
    Deadline deadline;
    std::size_t bytes = 0;  // of the frame it came in: what it weighs while it waits
    // Called exactly once, on the actor's thread or on the one that expires the mailbox. Must be
    // brief and must not throw.
    std::function<void(Outcome)> reply;
    // The actor's own note between the work and the commit that makes it true.
    std::optional<Outcome> outcome{};
};

}  // namespace catalogd::actors

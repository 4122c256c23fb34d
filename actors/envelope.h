// A message on its way to an actor, and how its answer comes back.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/clock.h"
#include "catalog/audit.h"
#include "catalog/requests.h"
#include "protocol/errors.h"
#include "protocol/message.h"

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

using Request = catalog::requests::Request;

// What an actor answers: the reply as it goes over the wire, made by the thread that found it.
struct Answer {
    protocol::EncodedReply reply;
    std::optional<std::string> next{};  // of a page: the cursor of the one after it
};
using Outcome = protocol::Result<Answer>;

// What the audit log will tell of a call, but for who made it.
struct Act {
    std::string_view method;  // lives as long as the program
    std::optional<std::string> subject;
    std::string outcome;  // empty: as the whole call ends
};

// `Message` is the variant of those that the actor takes.
template <class Message>
struct Envelope {
    Message message;
    Deadline deadline;
    std::size_t bytes = 0;  // of the frame it came in: what it weighs while it waits
    // Who made a write, and what of it is to go into the audit log; the writer fills that in.
    catalog::audit::Caller caller{};
    std::vector<Act> acts{};
    // Of a write that its caller may repeat.
    std::optional<Request> request{};
    // Called exactly once, on the actor's thread or on the one that expires the mailbox. Must be
    // brief and must not throw.
    std::function<void(Outcome)> reply{};
    // Whether nobody waits for the reply any more; asked on the actor's thread. Of long reads.
    std::function<bool()> abandoned{};
    // The actor's own note between the work and the commit that makes it true.
    std::optional<Outcome> outcome{};
};

}  // namespace catalogd::actors

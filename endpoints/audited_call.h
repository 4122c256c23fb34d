// A call that others than the writer answer, on its way into the audit log. What it answers goes
// out when the log's entry is durable, so that nothing is told or given that the log does not know
// of; where the entry cannot be written the caller gets the error that kept it out. (The writer's
// own calls are told of in the commit of their changes.)
#pragma once

#include <functional>
#include <vector>

#include "endpoints/method_table.h"

namespace catalogd::endpoints {

class AuditedCall {
public:
    using Reply = std::function<void(actors::Outcome)>;

    // `acts`: what the call leaves in the log; a call that leaves nothing passes straight through.
    AuditedCall(const Actors& actors, const Caller& caller, std::vector<actors::Act> acts);

    // Stands between whoever answers the call and `reply`.
    [[nodiscard]] Reply recorded(Reply reply) const;

    // Of work that takes long, and may be killed in the middle: an entry of its own tells that it
    // begins. `begun` gets a success, or the error that kept the entry out.
    void begin(Reply begun) const;

    [[nodiscard]] const catalog::audit::Caller& caller() const { return caller_; }

private:
    [[nodiscard]] actors::WriterMail mail(std::vector<actors::Act> acts, Reply reply) const;

    actors::Writer& writer_;
    const actors::Clock& clock_;
    const std::chrono::milliseconds time_;  // that an entry may wait
    const catalog::audit::Caller caller_;
    const std::vector<actors::Act> acts_;
};

catalog::audit::Caller audited_caller(const Caller& caller);

}  // namespace catalogd::endpoints

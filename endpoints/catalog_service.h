// The catalog as a Varlink service: which calls are understood, and who may make them.
#pragma once

#include "endpoints/refusals.h"

namespace catalogd::endpoints {

class CatalogService : public Service {
public:
    // `refusals` must outlive the service.
    CatalogService(Actors actors, AccessPolicy policy, Refusals& refusals)
        : actors_(actors), policy_(std::move(policy)), refusals_(refusals) {}

    protocol::Result<Task> prepare(const protocol::Call& call, const Caller& caller,
                                   std::size_t bytes) const override;
    [[nodiscard]] Role role_of(const Peer& peer) const override { return policy_.role_of(peer); }

    [[nodiscard]] const Actors& actors() const { return actors_; }

    // For the calls and the peers that are still to come; on the sessions' thread.
    void set_deadlines(const Deadlines& deadlines) { actors_.deadlines = deadlines; }
    void set_policy(AccessPolicy policy) { policy_ = std::move(policy); }

private:
    Actors actors_;
    AccessPolicy policy_;
    Refusals& refusals_;
};

// The error for a method that is not in the table: which part of its name is unknown, or that the
// contract has it and this program does not serve it yet.
protocol::Error unknown_method(std::string_view name);

}  // namespace catalogd::endpoints

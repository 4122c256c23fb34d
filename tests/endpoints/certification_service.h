// org.varlink.certification, served by the daemon's own protocol code: each test's call has to
// bring exactly what the test before it was answered with.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "endpoints/service.h"

namespace catalogd::certification {

class CertificationService : public endpoints::Service {
public:
    protocol::Result<endpoints::Task> prepare(const protocol::Call& call,
                                              const endpoints::Caller& caller,
                                              std::size_t bytes) const override;
    [[nodiscard]] endpoints::Role role_of(const endpoints::Peer& /*peer*/) const override {
        return endpoints::Role::admin;
    }

private:
    using Frames = std::vector<std::string>;

    [[nodiscard]] Frames answer(const protocol::Call& call, std::string_view test) const;
    [[nodiscard]] Frames begin() const;
    // `number`: of the test, in the order in which they have to be passed.
    template <class Message, class Reply>
    Frames pass(const protocol::Call& call, std::size_t number, Message wanted,
                const std::vector<Reply>& replies) const;

    // Of each client that has started: how many tests it has passed. Of the server's one thread.
    mutable std::map<std::string, std::size_t> passed_;
};

}  // namespace catalogd::certification

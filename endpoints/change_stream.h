// The replies of io.catalogd.Watch: whose records have changed, twice a second at most.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "actors/events/changed_clients.h"
#include "endpoints/service.h"

namespace catalogd::endpoints {

// Lives on the session's executor, until its peer has gone or the daemon stops.
class ChangeStream : public std::enable_shared_from_this<ChangeStream> {
public:
    ChangeStream(std::shared_ptr<Responder> responder, actors::events::ChangedClients& changed);

    // `after`: the cursor that the peer has.
    void begin(std::optional<std::string> after);

private:
    void wake();
    void send();
    void rest();

    const std::shared_ptr<Responder> responder_;
    actors::events::ChangedClients& changed_;
    boost::asio::steady_timer pause_;
    std::shared_ptr<actors::events::ChangedClients::Token> token_;  // empty: it has ended
    std::optional<std::string> cursor_;
    bool first_ = true;
    bool under_way_ = false;  // a reply to the peer, or the pause after it
};

}  // namespace catalogd::endpoints

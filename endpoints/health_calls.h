// io.catalogd.Health: answered on the sessions' thread from the health actor's last look, whatever
// the other actors do meanwhile.
#pragma once

#include <boost/mp11/algorithm.hpp>

#include "endpoints/method_table.h"
#include "protocol/health.h"

namespace catalogd::endpoints {

template <class Message>
    requires boost::mp11::mp_contains<protocol::health::Methods, Message>::value
protocol::Result<Task> prepare(const Actors& actors, const protocol::Call& call,
                               const Caller& caller, std::size_t bytes);

}  // namespace catalogd::endpoints

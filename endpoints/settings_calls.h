// The calls about settings: answered on the sessions' thread, by Settings.
#pragma once

#include <boost/mp11/algorithm.hpp>

#include "endpoints/method_table.h"
#include "protocol/settings.h"

namespace catalogd::endpoints {

template <class Message>
    requires boost::mp11::mp_contains<protocol::settings::Methods, Message>::value
protocol::Result<Task> prepare(const Actors& actors, const protocol::Call& call,
                               const Caller& caller, std::size_t bytes);

}  // namespace catalogd::endpoints

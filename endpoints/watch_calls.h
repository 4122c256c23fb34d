// io.catalogd.Watch: answered on the sessions' thread, by what the writer has noted.
#pragma once

#include "endpoints/method_table.h"
#include "protocol/whole.h"

namespace catalogd::endpoints {

template <class Message>
    requires std::same_as<Message, protocol::whole::Watch>
protocol::Result<Task> prepare(const Actors& actors, const protocol::Call& call,
                               const Caller& caller, std::size_t bytes);

}  // namespace catalogd::endpoints

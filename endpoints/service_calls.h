// org.varlink.service: answered at once, from what the binary knows of itself.
#pragma once

#include "endpoints/method_table.h"
#include "protocol/service.h"

namespace catalogd::endpoints {

template <class Message>
    requires std::same_as<Message, protocol::service::GetInfo> ||
             std::same_as<Message, protocol::service::GetInterfaceDescription>
protocol::Result<Task> prepare(const Actors& actors, const protocol::Call& call,
                               const Caller& caller, std::size_t bytes);

}  // namespace catalogd::endpoints

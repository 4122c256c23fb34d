// From a message of the actors to the task that posts it, and from its outcome to replies.
#pragma once

#include "endpoints/method_table.h"

namespace catalogd::endpoints {

// Reply or error, as a whole frame.
std::string frame_of(actors::Outcome outcome, bool continues = false);

// `bytes`: of the call's frame.
Task task_of(const Actors& actors, const protocol::Call& call, const Caller& caller,
             std::size_t bytes, actors::WriteMessage message);
// A listing streams where the call asks for more.
Task task_of(const Actors& actors, const protocol::Call& call, const Caller& caller,
             std::size_t bytes, actors::ReadMessage message);

// Long work. A call that asks for more is told how far it has come, where the method has a reply
// that says so: `progress` makes it, and may be empty.
using ProgressReply = std::optional<protocol::EncodedReply> (*)(double done);
Task task_of(const Actors& actors, const protocol::Call& call, std::size_t bytes, actors::Work work,
             ProgressReply progress);

}  // namespace catalogd::endpoints

// The calls about jobs that the scheduler answers.
#pragma once

#include <boost/mp11/algorithm.hpp>

#include "endpoints/method_table.h"
#include "protocol/jobs.h"

namespace catalogd::endpoints {

template <class Message>
    requires boost::mp11::mp_contains<protocol::jobs::SchedulerMethods, Message>::value
protocol::Result<Task> prepare(const Actors& actors, const protocol::Call& call,
                               const Caller& caller, std::size_t bytes);

// To run this job, which the call names; of what is no job here the least of all.
Role role_for_run(const protocol::Call& call);

}  // namespace catalogd::endpoints

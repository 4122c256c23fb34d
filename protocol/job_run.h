// A run of a job, as io.catalogd.Jobs tells of it.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "protocol/values.h"

namespace catalogd::protocol::jobs {

enum class State { running, succeeded, failed, cancelled, postponed };

struct JobRun {
    static constexpr bool grows = true;  // part of replies alone
    std::int64_t id = 0;
    std::string job;
    std::string trigger;
    Time started_at;
    std::optional<Time> ended_at;
    State state = State::running;
    std::optional<Object> result;
    std::optional<std::string> reason;
};

BOOST_DESCRIBE_ENUM(State, running, succeeded, failed, cancelled, postponed)
BOOST_DESCRIBE_STRUCT(JobRun, (), (id, job, trigger, started_at, ended_at, state, result, reason))

}  // namespace catalogd::protocol::jobs

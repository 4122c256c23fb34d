// io.catalogd.Jobs: its messages, and what runs take and tell. The contract, comments included, is
// the .varlink file; a test holds the messages against it, member by member.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/mp11/list.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/checked.h"
#include "protocol/job_run.h"
#include "protocol/values.h"

namespace catalogd::protocol::jobs {

inline constexpr std::string_view interface = "io.catalogd.Jobs";

struct Job {
    static constexpr bool grows = true;  // part of replies alone
    std::string name;
    std::string schedule;
    std::optional<std::string> window;
    bool enabled = false;
    std::optional<Time> next_run;
    std::optional<JobRun> last_run;
    std::int64_t runs = 0;
    std::int64_t failures = 0;
    std::optional<std::string> full_schedule;
    std::optional<std::string> full_window;
    std::optional<Time> next_full_run;
};

struct List {
    static constexpr std::string_view method = "io.catalogd.Jobs.List";
    struct Reply {
        std::vector<Job> jobs;
        std::optional<Time> held_until;
        std::optional<std::string> held_for;
    };
};

struct History {
    static constexpr std::string_view method = "io.catalogd.Jobs.History";
    std::optional<std::string> job;
    std::optional<Limit> limit;
    struct Reply {
        std::vector<JobRun> runs;
    };
};

struct Run {
    static constexpr std::string_view method = "io.catalogd.Jobs.Run";
    std::string job;
    std::optional<Object> parameters;
    struct Reply {
        JobRun run;
        std::optional<double> progress;
        std::optional<std::string> message;
    };
};

struct Cancel {
    static constexpr std::string_view method = "io.catalogd.Jobs.Cancel";
    std::int64_t id = 0;
    struct Reply {
        JobRun run;
    };
};

struct Forecast {
    static constexpr std::string_view method = "io.catalogd.Jobs.Forecast";
    std::string job;
    struct Reply {
        double seconds = 0;
        std::optional<std::int64_t> bytes_freed;
        std::optional<std::int64_t> disk_needed;
        bool feasible = false;
        std::optional<std::string> reason;
    };
};

inline constexpr std::int64_t longest_hold = 7 * 24 * 3'600;  // seconds

struct Hold {
    static constexpr std::string_view method = "io.catalogd.Jobs.Hold";
    Checked<TextRule<1, 255>> reason;
    Checked<IntegerRule<1, longest_hold>> seconds;
    struct Reply {
        Time until;
    };
};

struct Release {
    static constexpr std::string_view method = "io.catalogd.Jobs.Release";
    struct Reply {};
};

// Answered from the catalog alone.
using Methods = boost::mp11::mp_list<History, Forecast>;
// Answered by whoever runs the jobs.
using SchedulerMethods = boost::mp11::mp_list<List, Run, Cancel, Hold, Release>;

BOOST_DESCRIBE_STRUCT(Job, (),
                      (name, schedule, window, enabled, next_run, last_run, runs, failures,
                       full_schedule, full_window, next_full_run))
BOOST_DESCRIBE_STRUCT(List, (), ())
BOOST_DESCRIBE_STRUCT(List::Reply, (), (jobs, held_until, held_for))
BOOST_DESCRIBE_STRUCT(History, (), (job, limit))
BOOST_DESCRIBE_STRUCT(History::Reply, (), (runs))
BOOST_DESCRIBE_STRUCT(Run, (), (job, parameters))
BOOST_DESCRIBE_STRUCT(Run::Reply, (), (run, progress, message))
BOOST_DESCRIBE_STRUCT(Cancel, (), (id))
BOOST_DESCRIBE_STRUCT(Cancel::Reply, (), (run))
BOOST_DESCRIBE_STRUCT(Forecast, (), (job))
BOOST_DESCRIBE_STRUCT(Forecast::Reply, (), (seconds, bytes_freed, disk_needed, feasible, reason))
BOOST_DESCRIBE_STRUCT(Hold, (), (reason, seconds))
BOOST_DESCRIBE_STRUCT(Hold::Reply, (), (until))
BOOST_DESCRIBE_STRUCT(Release, (), ())
BOOST_DESCRIBE_STRUCT(Release::Reply, (), ())

}  // namespace catalogd::protocol::jobs

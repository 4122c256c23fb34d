#include "cli/jobs.h"

#include <boost/describe/enum_to_string.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <ostream>

#include "cli/figures.h"
#include "cli/json_lines.h"
#include "cli/listing.h"
#include "cli/printable.h"
#include "cli/progress_bar.h"
#include "protocol/jobs.h"

namespace catalogd::cli {
namespace {

namespace jobs = protocol::jobs;
namespace json = boost::json;
using Align = Column::Align;

std::string time_or_dash(const std::optional<protocol::Time>& time) {
    return time ? short_time(*time) : "-";
}

std::string seconds_text(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f s", seconds);
    return text;
}

// How long it took, or has taken a list's reader is not told.
std::string duration_of(const jobs::JobRun& run) {
    return run.ended_at ? seconds_text(static_cast<double>(run.ended_at->milliseconds -
                                                           run.started_at.milliseconds) /
                                       1000)
                        : "-";
}

std::string outcome_of(const jobs::JobRun& run) {
    return run.reason ? *run.reason : run.result ? run.result->json : "";
}

// A job's kind is told by its schedule; the rarer one in the same cell.
std::string schedule_of(const jobs::Job& job) {
    std::string text = job.schedule + (job.window ? " in " + *job.window : "");
    if (job.full_schedule) {
        text += "; full " + *job.full_schedule + (job.full_window ? " in " + *job.full_window : "");
    }
    return text;
}

std::optional<protocol::Time> next_of(const jobs::Job& job) {
    return job.next_run && job.next_full_run ? std::min(*job.next_run, *job.next_full_run)
           : job.next_run                    ? job.next_run
                                             : job.next_full_run;
}

// The parameters and the flags together, or why they are none.
Result<std::string> parameters_of(const JobsRun& command) {
    boost::system::error_code error;
    json::value value = json::parse(command.parameters, error);
    json::object* object = error ? nullptr : value.if_object();
    if (object == nullptr) {
        return usage_failure("the parameters must be one JSON object");
    }
    for (const auto& [name, set] :
         {std::pair("full", command.full), std::pair("repair", command.repair),
          std::pair("rebuild", command.rebuild)}) {
        if (set) {
            object->insert_or_assign(name, true);
        }
    }
    return json::serialize(*object);
}

// The last reply.
Result<jobs::Run::Reply> follow(Session& session, VarlinkClient& daemon, const jobs::Run& call) {
    jobs::Run::Reply last;
    bool told = false;
    ProgressBar bar(session, call.job);
    const auto take = [&](const jobs::Run::Reply& reply, protocol::Parameters) {
        if (!std::exchange(told, true) && session.terminal.err) {
            bar.clear();
            session.err << "run " << reply.run.id
                        << " goes on without this; to end it: catalogctl jobs cancel "
                        << reply.run.id << '\n';
        }
        bar.show(reply.progress.value_or(0));
        last = reply;
        return true;
    };
    if (auto done = daemon.stream(call, take); !done) {
        return done.error();
    }
    return last;
}

ExitCode print_run(const Session& session, const jobs::JobRun& run) {
    if (session.options.json) {
        std::string text;
        protocol::encode(text, jobs::Cancel::Reply{run});
        print_member_of(session.out, text, "run");
    } else {
        session.out << printable(run.job) << ": run " << run.id << ' '
                    << boost::describe::enum_to_string(run.state, "")
                    << (run.ended_at ? " in " + duration_of(run) : "")
                    << (outcome_of(run).empty() ? "" : ": ") << printable(outcome_of(run)) << '\n';
    }
    const bool well = run.state == jobs::State::succeeded || run.state == jobs::State::running;
    return well ? ExitCode::ok : ExitCode::failed;
}

}  // namespace

Outcome run(Session& session, const JobsList&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    Listing<jobs::Job> listing(
        session, "jobs",
        {{"JOB"},
         {"NEXT"},
         {"LAST"},
         {"STATE"},
         {"RUNS", Align::right},
         {"FAILED", Align::right},
         {"SCHEDULE"}},
        [&](const jobs::Job& job) {
            const auto& last = job.last_run;
            return std::vector{
                job.name,
                time_or_dash(next_of(job)),
                last ? short_time(last->started_at) : "-",
                std::string(last ? boost::describe::enum_to_string(last->state, "") : "-"),
                std::to_string(job.runs),
                std::to_string(job.failures),
                schedule_of(job)};
        });
    return print_list(*daemon, jobs::List{}, listing, &jobs::List::Reply::jobs);
}

Outcome run(Session& session, const JobsHistory& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    jobs::History call;
    call.job = command.job.empty() ? std::nullopt : std::optional(command.job);
    call.limit = protocol::Limit{command.limit};
    Listing<jobs::JobRun> listing(
        session, "runs",
        {{"RUN", Align::right},
         {"JOB"},
         {"BEGAN"},
         {"TOOK", Align::right},
         {"BECAUSE"},
         {"STATE"},
         {"RESULT"}},
        [&](const jobs::JobRun& run) {
            return std::vector{std::to_string(run.id),
                               run.job,
                               short_time(run.started_at),
                               duration_of(run),
                               run.trigger,
                               std::string(boost::describe::enum_to_string(run.state, "")),
                               outcome_of(run)};
        });
    return print_list(*daemon, call, listing, &jobs::History::Reply::runs);
}

Outcome run(Session& session, const JobsRun& command) {
    auto parameters = parameters_of(command);
    if (!parameters) {
        return parameters.error();
    }
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    jobs::Run call{command.job, protocol::Object{*parameters}};
    const auto reply = command.no_wait ? daemon->call(call) : follow(session, *daemon, call);
    if (!reply) {
        return reply.error();
    }
    return print_run(session, reply->run);
}

Outcome run(Session& session, const JobsCancel& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(jobs::Cancel{command.run});
    if (!reply) {
        return reply.error();
    }
    print_run(session, reply->run);
    return ExitCode::ok;
}

Outcome run(Session& session, const JobsForecast& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(jobs::Forecast{command.job});
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        std::string text;
        protocol::encode(text, *reply);
        session.out << printable_json(text) << '\n';
        return ExitCode::ok;
    }
    Card card(session);
    card.line("Takes", "about " + seconds_text(reply->seconds));
    if (reply->bytes_freed) {
        card.line("Frees", human_bytes(*reply->bytes_freed));
    }
    if (reply->disk_needed) {
        card.line("Needs", human_bytes(*reply->disk_needed) + " of free disk");
    }
    card.line("Feasible", reply->feasible ? "yes" : "no: " + reply->reason.value_or(""));
    card.print();
    return ExitCode::ok;
}

Outcome run(Session& session, const JobsHold& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(jobs::Hold{{command.reason}, {command.seconds}});
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        print_member(session.out, *reply, "until");
    } else {
        session.out << "Maintenance is held until " << short_time(reply->until) << '\n';
    }
    return ExitCode::ok;
}

Outcome run(Session& session, const JobsRelease&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    if (const auto reply = daemon->call(jobs::Release{}); !reply) {
        return reply.error();
    }
    if (!session.options.json) {
        session.out << "Maintenance goes on\n";
    }
    return ExitCode::ok;
}

}  // namespace catalogd::cli

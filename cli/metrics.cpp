#include "cli/metrics.h"

#include <charconv>
#include <cmath>

#include "cli/figures.h"
#include "cli/listing.h"
#include "cli/request_id.h"
#include "cli/times.h"
#include "protocol/metrics.h"

namespace catalogd::cli {
namespace {

namespace metrics = protocol::metrics;
namespace errors = protocol::errors;

// A finite one.
std::optional<double> parse_number(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

// Where the daemon would have to remove too many at once: up to which time it may.
std::optional<protocol::TimeOrDay> earlier_time(const Failure& failure) {
    if (failure.name != errors::TooManySamples::called) {
        return {};
    }
    return protocol::parse_time_or_day(text_member_of(failure.parameters, "before"));
}

// Removes what is older, in as many steps as it takes; how many samples went.
Result<std::int64_t> trim(VarlinkClient& daemon, const protocol::TimeOrDay& before) {
    std::int64_t removed = 0;
    protocol::TimeOrDay step = before;
    while (true) {
        const auto reply = daemon.call(metrics::Trim{step, next_request_id()});
        if (!reply) {
            const auto earlier = earlier_time(reply.error());
            if (!earlier || earlier->begin >= step.begin) {
                return reply.error();
            }
            step = *earlier;
            continue;
        }
        removed += reply->removed;
        if (step == before) {
            return removed;
        }
        if (reply->removed == 0) {
            return Failure{ExitCode::failed,
                           "more samples have one time than the daemon removes at once"};
        }
        step = before;
    }
}

}  // namespace

Outcome run(Session& session, const MetricsNames&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    Listing<std::string> listing(session, "names", {{"NAME"}},
                                 [](const std::string& name) { return std::vector{name}; });
    return print_list(*daemon, metrics::ListNames{}, listing, &metrics::ListNames::Reply::names);
}

Outcome run(Session& session, const MetricsHistory& command) {
    metrics::History history;
    history.name.value = command.name;
    if (auto read = read_time("--from", command.from, history.from); !read) {
        return read.error();
    }
    if (auto read = read_time("--to", command.to, history.to); !read) {
        return read.error();
    }
    if (command.points > 0) {
        history.max_points = {command.points};
    }
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    Listing<metrics::Point> listing(session, "points", {{"TIME"}, {"VALUE", Column::Align::right}},
                                    [](const metrics::Point& point) {
                                        return std::vector{protocol::to_text(point.at),
                                                           plain_number(point.value)};
                                    });
    return print_list(*daemon, history, listing, &metrics::History::Reply::points);
}

Outcome run(Session& session, const MetricsRecord& command) {
    const auto value = parse_number(command.value);
    if (!value) {
        return usage_failure("VALUE takes a number such as 17, -0.5 or 1e6");
    }
    metrics::Sample sample;
    sample.name.value = command.name;
    sample.value = *value;
    if (!command.at.empty()) {
        sample.at = protocol::parse_time(command.at);
        if (!sample.at) {
            return usage_failure("--at takes a time such as 2025-01-10T12:00:00Z");
        }
    }
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(metrics::Record{{{sample}}, next_request_id()});
    if (!reply) {
        return reply.error();
    }
    if (session.options.json) {
        session.out << "{\"recorded\":" << reply->recorded << "}\n";
    }
    return ExitCode::ok;
}

Outcome run(Session& session, const MetricsTrim& command) {
    std::optional<protocol::TimeOrDay> before;
    if (auto read = read_time("BEFORE", command.before, before); !read) {
        return read.error();
    }
    if (!before) {
        return usage_failure("BEFORE is empty");
    }
    const auto sure =
        confirmed(session, "Delete every sample before " + protocol::to_text(before->begin) + "?",
                  command.yes);
    if (!sure) {
        return sure.error();
    }
    if (!*sure) {
        return Failure{ExitCode::failed, "nothing was deleted"};
    }
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto removed = trim(*daemon, *before);
    if (!removed) {
        return removed.error();
    }
    if (session.options.json) {
        session.out << "{\"removed\":" << *removed << "}\n";
    } else {
        session.out << "Deleted " << grouped(*removed) << " samples\n";
    }
    return ExitCode::ok;
}

}  // namespace catalogd::cli

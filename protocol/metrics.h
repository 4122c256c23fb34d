// io.catalogd.Metrics: its messages. The contract, comments included, is the .varlink file;
// a test holds these structs against it, member by member.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/mp11/list.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/checked.h"
#include "protocol/values.h"

namespace catalogd::protocol::metrics {

inline constexpr std::string_view interface = "io.catalogd.Metrics";

inline constexpr std::size_t batch_limit = 10'000;

inline constexpr std::int64_t default_points = 10'000;
// As many fit into a frame.
inline constexpr std::int64_t points_limit = 100'000;

struct Sample {
    MetricName name;
    double value = 0;  // the decoder takes finite ones alone
    std::optional<Time> at;
};

struct Point {
    static constexpr bool grows = true;  // part of replies alone
    Time at;
    double value = 0;
};

struct Record {
    static constexpr std::string_view method = "io.catalogd.Metrics.Record";
    Checked<CountRule<Sample, batch_limit>> samples;
    std::optional<RequestId> request_id;
    struct Reply {
        std::int64_t recorded = 0;
    };
};

struct History {
    static constexpr std::string_view method = "io.catalogd.Metrics.History";
    MetricName name;
    std::optional<TimeOrDay> from;
    std::optional<TimeOrDay> to;
    std::optional<Checked<IntegerRule<1, points_limit>>> max_points;
    struct Reply {
        std::vector<Point> points;
    };
};

struct Trim {
    static constexpr std::string_view method = "io.catalogd.Metrics.Trim";
    TimeOrDay before;
    std::optional<RequestId> request_id;
    struct Reply {
        std::int64_t removed = 0;
    };
};

struct ListNames {
    static constexpr std::string_view method = "io.catalogd.Metrics.ListNames";
    struct Reply {
        std::vector<std::string> names;
    };
};

using Methods = boost::mp11::mp_list<Record, History, Trim, ListNames>;

BOOST_DESCRIBE_STRUCT(Sample, (), (name, value, at))
BOOST_DESCRIBE_STRUCT(Point, (), (at, value))
BOOST_DESCRIBE_STRUCT(Record, (), (samples, request_id))
BOOST_DESCRIBE_STRUCT(Record::Reply, (), (recorded))
BOOST_DESCRIBE_STRUCT(History, (), (name, from, to, max_points))
BOOST_DESCRIBE_STRUCT(History::Reply, (), (points))
BOOST_DESCRIBE_STRUCT(Trim, (), (before, request_id))
BOOST_DESCRIBE_STRUCT(Trim::Reply, (), (removed))
BOOST_DESCRIBE_STRUCT(ListNames, (), ())
BOOST_DESCRIBE_STRUCT(ListNames::Reply, (), (names))

}  // namespace catalogd::protocol::metrics

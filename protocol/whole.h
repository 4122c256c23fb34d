// io.catalogd: its messages, those about the catalog as a whole. The contract, comments included,
// is the .varlink file; a test holds these structs against it, member by member.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/mp11/list.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/checked.h"
#include "protocol/values.h"

namespace catalogd::protocol::whole {

inline constexpr std::string_view interface = "io.catalogd";

// Those of all levels together.
inline constexpr std::size_t operations_limit = 10'000;
inline constexpr int nesting_limit = 8;

// What becomes of the rest where an operation fails.
enum class OnError { abort, continue_ };

struct Operation {
    std::string method;
    std::optional<Object> parameters;
    std::optional<Object> expect;
    std::optional<OnError> on_error;
};

// What an operation ended with: its reply, or an error and that one's parameters.
struct Outcome {
    std::optional<Object> parameters;
    std::optional<std::string> error;
};

struct Transaction {
    static constexpr std::string_view method = "io.catalogd.Transaction";
    Checked<CountRule<Operation, operations_limit>> operations;
    std::optional<RequestId> request_id;
    struct Reply {
        std::vector<Outcome> results;
    };
};

struct Statistics {
    static constexpr bool grows = true;  // part of replies alone
    std::int64_t clients = 0;
    std::int64_t clients_with_keys = 0;
    std::int64_t files = 0;
    std::int64_t verified_files = 0;
    std::int64_t bytes = 0;
    std::int64_t verified_bytes = 0;
    std::optional<double> average_file_bytes;
    std::optional<std::int64_t> smallest_file_bytes;
    std::optional<std::int64_t> largest_file_bytes;
    std::optional<double> average_days_since_seen;
    std::int64_t bytes_transferred = 0;
    std::int64_t database_bytes = 0;
    std::int64_t wal_bytes = 0;
    std::int64_t free_bytes = 0;
    Time as_of;
};

struct GetStatistics {
    static constexpr std::string_view method = "io.catalogd.GetStatistics";
    struct Reply {
        Statistics statistics;
    };
};

// Answered by what the writer has noted, not by an actor: no message of theirs.
struct Watch {
    static constexpr std::string_view method = "io.catalogd.Watch";
    std::optional<std::string> after;
    struct Reply {
        std::string cursor;
        std::vector<Id> client_ids;
        bool reset = false;
    };
};

using Methods = boost::mp11::mp_list<Transaction, GetStatistics>;

BOOST_DESCRIBE_ENUM(OnError, abort, continue_)
BOOST_DESCRIBE_STRUCT(Operation, (), (method, parameters, expect, on_error))
BOOST_DESCRIBE_STRUCT(Outcome, (), (parameters, error))
BOOST_DESCRIBE_STRUCT(Transaction, (), (operations, request_id))
BOOST_DESCRIBE_STRUCT(Transaction::Reply, (), (results))
BOOST_DESCRIBE_STRUCT(Statistics, (),
                      (clients, clients_with_keys, files, verified_files, bytes, verified_bytes,
                       average_file_bytes, smallest_file_bytes, largest_file_bytes,
                       average_days_since_seen, bytes_transferred, database_bytes, wal_bytes,
                       free_bytes, as_of))
BOOST_DESCRIBE_STRUCT(Watch, (), (after))
BOOST_DESCRIBE_STRUCT(Watch::Reply, (), (cursor, client_ids, reset))
BOOST_DESCRIBE_STRUCT(GetStatistics, (), ())
BOOST_DESCRIBE_STRUCT(GetStatistics::Reply, (), (statistics))

}  // namespace catalogd::protocol::whole

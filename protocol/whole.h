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

using Methods = boost::mp11::mp_list<Transaction>;

BOOST_DESCRIBE_ENUM(OnError, abort, continue_)
BOOST_DESCRIBE_STRUCT(Operation, (), (method, parameters, expect, on_error))
BOOST_DESCRIBE_STRUCT(Outcome, (), (parameters, error))
BOOST_DESCRIBE_STRUCT(Transaction, (), (operations, request_id))
BOOST_DESCRIBE_STRUCT(Transaction::Reply, (), (results))

}  // namespace catalogd::protocol::whole

// io.catalogd.Admin: its messages. The contract, comments included, is the .varlink file;
// a test holds these structs against it, member by member.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/mp11/list.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

#include "protocol/values.h"

namespace catalogd::protocol::admin {

inline constexpr std::string_view interface = "io.catalogd.Admin";

struct RotateKeys {
    static constexpr std::string_view method = "io.catalogd.Admin.RotateKeys";
    struct Reply {
        std::optional<std::int64_t> resealed;
        std::optional<bool> new_key;
        std::optional<double> progress;
    };
};

using Methods = boost::mp11::mp_list<RotateKeys>;

BOOST_DESCRIBE_STRUCT(RotateKeys, (), ())
BOOST_DESCRIBE_STRUCT(RotateKeys::Reply, (), (resealed, new_key, progress))

}  // namespace catalogd::protocol::admin

// io.catalogd.Admin: its messages. The contract, comments included, is the .varlink file;
// a test holds these structs against it, member by member.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/mp11/list.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

#include "protocol/checked.h"
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

struct ImportDatabase {
    static constexpr std::string_view method = "io.catalogd.Admin.ImportDatabase";
    FilePath path;
    std::optional<bool> dry_run;
    struct Reply {
        std::optional<Object> report;
        std::optional<double> progress;
    };
};

using Methods = boost::mp11::mp_list<ImportDatabase, RotateKeys>;

BOOST_DESCRIBE_STRUCT(RotateKeys, (), ())
BOOST_DESCRIBE_STRUCT(RotateKeys::Reply, (), (resealed, new_key, progress))
BOOST_DESCRIBE_STRUCT(ImportDatabase, (), (path, dry_run))
BOOST_DESCRIBE_STRUCT(ImportDatabase::Reply, (), (report, progress))

}  // namespace catalogd::protocol::admin

// org.varlink.service: what every Varlink service tells of itself.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/mp11/list.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/values.h"

namespace catalogd::protocol::service {

inline constexpr std::string_view interface = "org.varlink.service";

struct GetInfo {
    static constexpr std::string_view method = "org.varlink.service.GetInfo";
    struct Reply {
        std::string vendor;
        std::string product;
        std::string version;
        std::string url;
        std::vector<std::string> interfaces;
    };
};

struct GetInterfaceDescription {
    static constexpr std::string_view method = "org.varlink.service.GetInterfaceDescription";
    std::string interface;
    struct Reply {
        std::string description;
    };
};

using Methods = boost::mp11::mp_list<GetInfo, GetInterfaceDescription>;

BOOST_DESCRIBE_STRUCT(GetInfo, (), ())
BOOST_DESCRIBE_STRUCT(GetInfo::Reply, (), (vendor, product, version, url, interfaces))
BOOST_DESCRIBE_STRUCT(GetInterfaceDescription, (), (interface))
BOOST_DESCRIBE_STRUCT(GetInterfaceDescription::Reply, (), (description))

}  // namespace catalogd::protocol::service

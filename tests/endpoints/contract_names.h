// The contract's names that the tests of several calls share.
#pragma once

#include <boost/json/object.hpp>

namespace catalogd::endpoints {

inline constexpr auto get_info = "org.varlink.service.GetInfo";
inline constexpr auto save_client = "io.catalogd.Clients.Save";
inline constexpr auto get_client = "io.catalogd.Clients.Get";
inline constexpr auto list_files = "io.catalogd.Files.List";

inline constexpr auto invalid_parameter = "org.varlink.service.InvalidParameter";
inline constexpr auto invalid_value = "io.catalogd.InvalidValue";

// The flag of a call whose replies are streamed.
inline const boost::json::object more{{"more", true}};

}  // namespace catalogd::endpoints

// How coroutines await here: what went wrong comes back as a value.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace catalogd::endpoints {

inline constexpr auto use_result = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace catalogd::endpoints

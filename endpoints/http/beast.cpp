// Boost.Beast itself, compiled once.
#include <boost/beast/src.hpp>

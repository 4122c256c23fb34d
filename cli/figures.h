// Figures as people read them.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/values.h"

namespace catalogd::cli {

std::string grouped(std::int64_t number);     // 1,234,567
std::string plain_number(double number);      // 0.1, 1e+300: the shortest that is exact
std::string human_bytes(std::int64_t bytes);  // 1.2 MiB
std::string hex_crc(std::int64_t crc);        // cbf43926
std::string short_time(protocol::Time time);  // 2025-01-10 12:00:00Z

}  // namespace catalogd::cli

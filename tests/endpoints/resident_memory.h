// What the process, daemon and test together, takes of the machine's memory.
#pragma once

#include <unistd.h>

#include <fstream>

#include "tests/sanitizers.h"

namespace catalogd::endpoints {

inline std::int64_t resident_bytes() {
    std::int64_t total = 0;
    std::int64_t resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

// Memory that was freed counts for as long as the sanitizer keeps it back.
inline constexpr bool freed_memory_is_kept = address_sanitizer || thread_sanitizer;

}  // namespace catalogd::endpoints

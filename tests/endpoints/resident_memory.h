// What the process, daemon and test together, takes of the machine's memory.
#pragma once

#include <unistd.h>

#include <fstream>

namespace catalogd::endpoints {

inline std::int64_t resident_bytes() {
    std::int64_t total = 0;
    std::int64_t resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

// Memory that was freed counts for as long as the sanitizer keeps it back.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool freed_memory_is_kept = true;
#else
inline constexpr bool freed_memory_is_kept = false;
#endif

}  // namespace catalogd::endpoints

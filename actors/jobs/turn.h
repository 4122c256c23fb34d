// Whether a job whose time has come may begin.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "actors/jobs/schedule.h"

namespace catalogd::actors {

// What a job does for the sake of those who work with the catalog.
enum class Patience {
    none,        // begins as soon as its window is open
    until_late,  // waits until few requests come, and begins late in its window all the same
    forgo,       // the same, but rather waits for its next time
};

enum class Turn { wait, begin, forgo };

struct Circumstances {
    std::int64_t wall = 0;  // milliseconds since 1970
    std::chrono::milliseconds waited{};
    bool held = false;    // by the server
    bool quiet = true;    // few requests come
    bool opened = false;  // its window was open at some time while it waited
};

Turn turn_of(Patience patience, const std::optional<Window>& window,
             const Circumstances& circumstances);

}  // namespace catalogd::actors

// What must hold whatever the input is: else the target ends as a crash does, and the input is
// kept.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

namespace catalogd::fuzz {

// `shown`: what a person needs to see why not.
inline void claim(bool holds, const char* what, const std::string& shown = {}) {
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n%s\n", what, shown.c_str());
        std::abort();
    }
}

}  // namespace catalogd::fuzz

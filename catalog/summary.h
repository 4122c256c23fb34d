// The catalog as a whole in figures, kept as records come and go and written with each commit.
#pragma once

#include <cstdint>

namespace catalogd::catalog {

class Connection;

struct Summary {
    // What the newest file record was given; neither ever goes back, whatever the clock does.
    std::int64_t last_number = 0;
    std::int64_t last_created = 0;

    bool operator==(const Summary&) const = default;
};

// As the last commit left it.
Summary read_summary(Connection& connection);

}  // namespace catalogd::catalog

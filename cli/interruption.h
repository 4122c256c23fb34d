// Ctrl-C as a wish that long work looks at, so that it can stop where nothing is half done.
#pragma once

namespace catalogd::cli {

// While it lives, the first SIGINT or SIGTERM is a wish; the second ends the process at once.
class Interruption {
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    static bool wished();
};

}  // namespace catalogd::cli

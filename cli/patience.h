// Trying again what the daemon was too busy for, for a bounded time.
#pragma once

#include <chrono>
#include <functional>

#include "cli/failure.h"

namespace catalogd::cli {

class Patience {
public:
    using Wait = std::function<void(std::chrono::milliseconds)>;

    // Waits in the calling thread; a signal that is waited for ends the wait early.
    static void sleep(std::chrono::milliseconds time);

    explicit Patience(Wait wait = sleep) : wait_(std::move(wait)) {}

    // Waits as long as the failure asks for. False, at once, where trying again would not help
    // or patience has ended.
    bool wait(const Failure& failure);
    // Something succeeded: the daemon is alive.
    void renew() { spent_ = {}; }

private:
    Wait wait_;
    std::chrono::milliseconds spent_{};
};

}  // namespace catalogd::cli

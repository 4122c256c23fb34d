// Waiting, in a test, for what another thread is about to do.
#pragma once

#include <chrono>
#include <thread>

namespace catalogd {

// Gives way to the other threads until `holds` does; false after a minute.
template <class Condition>
bool eventually(Condition holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!holds()) {
        if (std::chrono::steady_clock::now() >= end) {
            return false;
        }
        std::this_thread::yield();
    }
    return true;
}

}  // namespace catalogd

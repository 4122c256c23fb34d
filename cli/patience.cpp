#include "cli/patience.h"

#include <algorithm>
#include <ctime>

namespace catalogd::cli {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds shortest{50};
constexpr milliseconds longest{5'000};
constexpr milliseconds whole_patience{60'000};

}  // namespace

void Patience::sleep(milliseconds time) {
    const timespec duration{time.count() / 1'000, time.count() % 1'000 * 1'000'000};
    nanosleep(&duration, nullptr);
}

bool Patience::wait(const Failure& failure) {
    if (!failure.retry_after_ms || spent_ >= whole_patience) {
        return false;
    }
    const milliseconds time = std::clamp(milliseconds(*failure.retry_after_ms), shortest, longest);
    spent_ += time;
    wait_(time);
    return true;
}

}  // namespace catalogd::cli

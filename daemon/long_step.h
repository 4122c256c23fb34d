// A step of start or stop that may take long: a migration, a copy before it, the final checkpoint.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace catalogd::daemon {

// While it lives, the service manager is told what goes on, and is asked for more time for as long
// as the process works: a step that hangs is ended by the manager all the same. Owns a thread,
// where there is a manager to talk to.
class LongStep {
public:
    explicit LongStep(const std::string& status);
    ~LongStep();
    LongStep(const LongStep&) = delete;
    LongStep& operator=(const LongStep&) = delete;

private:
    void ask_for_time_while_working();

    std::mutex lock_;
    std::condition_variable over_or_due_;
    bool over_ = false;
    std::thread thread_;
};

}  // namespace catalogd::daemon

#include "daemon/long_step.h"

#include <sys/resource.h>
#include <time.h>

#include <chrono>
#include <cstdlib>

#include "daemon/service_manager.h"

namespace catalogd::daemon {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr seconds interval{5};
constexpr seconds more{15};
// Of processor time; the two clocks of a look are not read at one moment.
constexpr microseconds least_work{100};

struct Work {
    nanoseconds processor{};  // of every thread but this one
    long blocks = 0;          // read and written
};

nanoseconds used(clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return seconds(time.tv_sec) + nanoseconds(time.tv_nsec);
}

Work work_so_far() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return {used(CLOCK_PROCESS_CPUTIME_ID) - used(CLOCK_THREAD_CPUTIME_ID),
            usage.ru_inblock + usage.ru_oublock};
}

bool worked(const Work& before, const Work& now) {
    return now.blocks != before.blocks || now.processor - before.processor >= least_work;
}

}  // namespace

LongStep::LongStep(const std::string& status) {
    service_manager::tell_status(status);
    if (std::getenv("NOTIFY_SOCKET") != nullptr) {
        thread_ = std::thread([this] { ask_for_time_while_working(); });
    }
}

void LongStep::ask_for_time_while_working() {
    Work before = work_so_far();
    std::unique_lock held(lock_);
    while (!over_or_due_.wait_for(held, interval, [this] { return over_; })) {
        const Work now = work_so_far();
        if (worked(before, now)) {
            service_manager::ask_for_time(more);
        }
        before = now;
    }
}

LongStep::~LongStep() {
    if (thread_.joinable()) {
        {
            const std::lock_guard held(lock_);
            over_ = true;
        }
        over_or_due_.notify_all();
        thread_.join();
    }
}

}  // namespace catalogd::daemon

#include "bench/load_driver.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <stdexcept>
#include <system_error>

#include "bench/load_frames.h"

namespace catalogd::bench {

namespace {

constexpr int kSilenceMilliseconds = 60'000;

std::uint32_t nanoseconds_between(Clock::time_point from, Clock::time_point to) {
    const auto count = std::chrono::duration_cast<std::chrono::nanoseconds>(to - from).count();
    return static_cast<std::uint32_t>(
        std::min<std::int64_t>(count, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

Driver::Driver(const DriverSettings& settings, Workload& workload)
    : settings_(settings), workload_(workload), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_ < 0) {
        throw std::system_error(errno, std::generic_category(), "epoll");
    }
    outcome_.nanoseconds.reserve(4'000'000);
    lines_.resize(settings.connections);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        lines_[i].connection = std::make_unique<Connection>(settings.socket);
        epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
        epoll_ctl(epoll_, EPOLL_CTL_ADD, lines_[i].connection->descriptor(), &event);
    }
}

Driver::~Driver() {
    close(epoll_);
}

Outcome Driver::run() {
    const auto start = now_ = Clock::now();
    deadline_ = start + std::chrono::duration_cast<Clock::duration>(
                            std::chrono::duration<double>(settings_.seconds));
    for (auto& line : lines_) {
        top_up(line);
    }
    std::array<epoll_event, 256> events{};
    while (!done()) {
        const int ready = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                                     kSilenceMilliseconds);
        if (ready == 0) {
            throw std::runtime_error("the daemon has been silent for a minute");
        }
        now_ = Clock::now();
        sending_ = sending_ && now_ < deadline_;
        for (std::size_t i = 0; i < static_cast<std::size_t>(std::max(ready, 0)); ++i) {
            auto& line = lines_[events[i].data.u64];
            if ((events[i].events & EPOLLOUT) != 0) {
                flush(line);
            }
            if ((events[i].events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) {
                receive(line);
            }
        }
    }
    outcome_.seconds = std::chrono::duration<double>(now_ - start).count();
    return std::move(outcome_);
}

bool Driver::done() const {
    return in_flight_ == 0 || (!sending_ && workload_.may_be_cut());
}

void Driver::top_up(Line& line) {
    while (sending_ && line.in_flight.size() < settings_.depth) {
        if (!workload_.append_call(line.connection->outgoing())) {
            sending_ = false;
            break;
        }
        line.in_flight.push_back(now_);
        ++in_flight_;
    }
    if (!line.waits_for_room) {
        flush(line);
    }
}

void Driver::flush(Line& line) {
    const bool full = !line.connection->flush();
    if (full != line.waits_for_room) {
        line.waits_for_room = full;
        const auto index = static_cast<std::uint64_t>(&line - lines_.data());
        epoll_event event{.events = full ? EPOLLIN | EPOLLOUT : EPOLLIN, .data = {.u64 = index}};
        epoll_ctl(epoll_, EPOLL_CTL_MOD, line.connection->descriptor(), &event);
    }
}

void Driver::receive(Line& line) {
    now_ = Clock::now();
    line.connection->receive([&](std::string_view frame) { take_reply(line, frame); });
    // The next call's time begins when it is sent, not when its turn in the loop began.
    now_ = Clock::now();
    top_up(line);
}

void Driver::take_reply(Line& line, std::string_view frame) {
    if (line.in_flight.empty()) {
        throw std::runtime_error("the daemon replied to nothing: " + std::string(frame));
    }
    const Reply reply = read_reply(frame);
    outcome_.rows += reply.error ? 0 : workload_.rows_of(frame);
    if (reply.continues && !reply.error) {
        return;
    }
    if (reply.error) {
        outcome_.first_error =
            outcome_.errors == 0 ? std::string(frame.substr(0, 300)) : outcome_.first_error;
        ++outcome_.errors;
    } else {
        ++outcome_.calls;
        outcome_.nanoseconds.push_back(nanoseconds_between(line.in_flight.front(), Clock::now()));
    }
    line.in_flight.pop_front();
    --in_flight_;
}

}  // namespace catalogd::bench

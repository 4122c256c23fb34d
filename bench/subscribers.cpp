#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/arguments.h"
#include "bench/subscriber.h"

// Subscribes to the events of a running daemon, says "ready", and prints when its standard input is
// closed what came until then, as one JSON object.
//   watch  --address HOST:PORT --subscribers N   how long events of jobs took to each of them
//   deaf   --address HOST:PORT --target TARGET   one that reads nothing before, and then everything

namespace catalogd::bench {
namespace {

constexpr std::string_view kTarget = "/v1/events";
constexpr int kRestMilliseconds = 2'000;  // nothing more comes to who was deaf
constexpr std::string_view kMeasured = R"("type":"io.catalogd.job.)";
constexpr std::string_view kLost = R"("type":"io.catalogd.lost")";
constexpr std::string_view kTime = R"("time":")";

std::int64_t number(std::string_view digits) {
    std::int64_t value = 0;
    for (const char digit : digits) {
        value = 10 * value + (digit - '0');
    }
    return value;
}

std::chrono::system_clock::time_point time_of(std::string_view event) {
    const auto at = event.find(kTime);
    const auto text =
        event.substr(at + kTime.size(), std::string_view("2026-01-31T23:59:59.000").size());
    if (at == std::string_view::npos || text.size() < 23) {
        throw std::runtime_error("an event without a time");
    }
    const std::chrono::year_month_day day(
        std::chrono::year(static_cast<int>(number(text.substr(0, 4)))),
        std::chrono::month(static_cast<unsigned>(number(text.substr(5, 2)))),
        std::chrono::day(static_cast<unsigned>(number(text.substr(8, 2)))));
    return std::chrono::sys_days(day) + std::chrono::hours(number(text.substr(11, 2))) +
           std::chrono::minutes(number(text.substr(14, 2))) +
           std::chrono::seconds(number(text.substr(17, 2))) +
           std::chrono::milliseconds(number(text.substr(20, 3)));
}

void say_ready() {
    std::puts("ready");
    std::fflush(stdout);
}

// All of them on one thread that sleeps in epoll, so that the daemon has the rest of the machine.
class Watch {
public:
    Watch(const std::string& address, std::size_t subscribers)
        : epoll_(epoll_create1(EPOLL_CLOEXEC)), counts_(subscribers) {
        add(STDIN_FILENO, subscribers);
        for (std::size_t i = 0; i < subscribers; ++i) {
            all_.push_back(std::make_unique<Subscriber>(address, std::string(kTarget),
                                                        Subscriber::Window::usual));
            add(all_.back()->descriptor(), i);
        }
    }
    ~Watch() { close(epoll_); }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    void run() {
        say_ready();
        std::array<epoll_event, 256> events{};
        for (bool told_to_end = false; !told_to_end;) {
            const int count = epoll_wait(epoll_, events.data(), events.size(), -1);
            for (int i = 0; i < count; ++i) {
                const std::size_t which = events.at(static_cast<std::size_t>(i)).data.u64;
                told_to_end = told_to_end || which == all_.size();
                if (which < all_.size()) {
                    receive(which);
                }
            }
        }
        print();
    }

private:
    void add(int descriptor, std::size_t which) const {
        epoll_event event{.events = EPOLLIN, .data = {.u64 = which}};
        epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
    }
    void receive(std::size_t which) {
        all_[which]->receive([&](std::string_view event) {
            if (event.find(kMeasured) != std::string_view::npos) {
                const auto took = std::chrono::system_clock::now() - time_of(event);
                milliseconds_.push_back(std::chrono::duration<float, std::milli>(took).count());
                ++counts_[which];
            }
        });
        if (all_[which]->closed()) {
            throw std::runtime_error("the daemon has closed a connection");
        }
    }
    double at(double share) const {
        const auto last = static_cast<double>(milliseconds_.size() - 1);
        return milliseconds_.empty() ? 0 : milliseconds_[static_cast<std::size_t>(share * last)];
    }
    void print() {
        std::sort(milliseconds_.begin(), milliseconds_.end());
        const auto [least, most] = std::minmax_element(counts_.begin(), counts_.end());
        std::printf(
            "{\"least\": %zu, \"most\": %zu, \"p50\": %.2f, \"p99\": %.2f, \"max\": %.2f}\n",
            *least, *most, at(0.5), at(0.99), at(1));
    }

    const int epoll_;
    std::vector<std::unique_ptr<Subscriber>> all_;
    std::vector<std::size_t> counts_;  // of each subscriber, its events
    std::vector<float> milliseconds_;  // from an event's time, which is cut to whole ones
};

void wait_for_end_of_input() {
    std::array<char, 64> ignored{};
    while (read(STDIN_FILENO, ignored.data(), ignored.size()) > 0) {
    }
}

void stay_deaf(const std::string& address, const std::string& target) {
    Subscriber one(address, target, Subscriber::Window::small);
    say_ready();
    wait_for_end_of_input();
    std::size_t events = 0;
    std::size_t losses = 0;
    pollfd readable{.fd = one.descriptor(), .events = POLLIN, .revents = 0};
    while (!one.closed() && poll(&readable, 1, kRestMilliseconds) > 0) {
        one.receive([&](std::string_view event) {
            ++events;
            losses += event.find(kLost) != std::string_view::npos ? 1U : 0U;
        });
    }
    std::printf("{\"events\": %zu, \"losses\": %zu, \"closed\": %s, \"code\": %d}\n", events,
                losses, one.closed() ? "true" : "false", one.close_code());
}

void run(const Arguments& arguments) {
    const auto address = arguments.text("address");
    if (arguments.command() == "watch") {
        Watch(address, arguments.number("subscribers", 500)).run();
    } else if (arguments.command() == "deaf") {
        stay_deaf(address, arguments.text("target", std::string(kTarget)));
    } else {
        throw std::invalid_argument("no such command: " + arguments.command());
    }
}

}  // namespace
}  // namespace catalogd::bench

int main(int argc, char** argv) {
    try {
        catalogd::bench::run({argc, argv, {"address", "subscribers", "target"}});
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "catalogd_bench_subscribers: %s\n", error.what());
        return 1;
    }
}

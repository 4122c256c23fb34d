#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load_connection.h"

namespace catalogd::bench {

using Clock = std::chrono::steady_clock;

// What the connections send, one call after the other.
class Workload {
public:
    virtual ~Workload() = default;

    // Appends the next call's frame; false if there is none left.
    virtual bool append_call(std::string& out) = 0;

    // How many rows a reply stands for.
    virtual std::uint64_t rows_of(std::string_view reply) const = 0;

    // A stream may be longer than the measurement: the connections are dropped at its end.
    virtual bool may_be_cut() const { return false; }
};

struct Outcome {
    std::uint64_t calls = 0;
    std::uint64_t rows = 0;
    std::uint64_t errors = 0;
    std::string first_error;
    double seconds = 0;
    // Of each call, from its sending to its last reply.
    std::vector<std::uint32_t> nanoseconds;
};

struct DriverSettings {
    std::string socket;
    std::uint64_t connections = 1;
    // Calls in flight on each connection.
    std::uint64_t depth = 1;
    // Calls are sent until then; replies to them are waited for.
    double seconds = 5;
};

// Keeps `depth` calls in flight on each connection, all from one thread that sleeps in epoll, so
// that the daemon has the rest of the machine.
class Driver {
public:
    Driver(const DriverSettings& settings, Workload& workload);
    ~Driver();
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;

    // Once per driver. Throws if the daemon closes a connection or falls silent.
    Outcome run();

private:
    struct Line {
        std::unique_ptr<Connection> connection;
        std::deque<Clock::time_point> in_flight;
        bool waits_for_room = false;
    };

    void top_up(Line& line);
    void flush(Line& line);
    void receive(Line& line);
    void take_reply(Line& line, std::string_view frame);
    bool done() const;

    const DriverSettings settings_;
    Workload& workload_;
    int epoll_ = -1;
    std::vector<Line> lines_;
    std::uint64_t in_flight_ = 0;
    bool sending_ = true;
    Clock::time_point now_;
    Clock::time_point deadline_;
    Outcome outcome_;
};

}  // namespace catalogd::bench

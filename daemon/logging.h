// Logging to stderr: level prefixes where systemd's journal reads it, colour on a terminal.
//
// Levels
//   critical  the daemon ends, or takes no more writes
//   error     something failed that a person has to look at; service goes on
//   warning   something may fail soon, or a peer was turned away
//   info      the daemon's life: start, ready, stop, and what is done on request
//   debug     what helps to follow one fault, never on the path of every request
//
// No line has a key, a token or a parameter in it, or a control character.
#pragma once

#include <spdlog/sinks/base_sink.h>

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "config/config.h"

namespace catalogd::daemon {

// Lets a line through once a minute; the next time it tells how often it was held back.
class RepeatFilter : public spdlog::sinks::base_sink<std::mutex> {
public:
    using Now = std::function<std::chrono::steady_clock::time_point()>;
    RepeatFilter(spdlog::sink_ptr next, Now now);

private:
    struct Seen {
        std::chrono::steady_clock::time_point written;
        std::size_t held_back = 0;
    };
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override { next_->flush(); }
    void set_formatter_(std::unique_ptr<spdlog::formatter> formatter) override;
    void forget_oldest();

    const spdlog::sink_ptr next_;
    const Now now_;
    std::map<std::string, Seen> seen_;  // at most a few hundred lines
};

// The text without control characters: each becomes \xNN.
std::string printable(std::string_view text);

// Of the process: from now on spdlog writes to stderr in the form that fits where it goes.
void start_logging(config::Level level);
void set_log_level(config::Level level);

}  // namespace catalogd::daemon

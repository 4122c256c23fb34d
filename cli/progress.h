// The bar that long work draws on a terminal, and only there.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>

#include "cli/session.h"

namespace catalogd::cli {

struct Amount {
    std::int64_t files = 0;
    std::int64_t bytes = 0;
};

// One line of at most `columns` characters.
std::string progress_line(Amount done, Amount all, double bytes_per_second, int columns);

class Progress {
public:
    Progress(const Session& session, Amount all);
    ~Progress() { clear(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void file_done();
    // `read`: they came from the disk, so they count for the rate.
    void bytes_done(std::int64_t bytes, bool read);
    // Takes the bar away, so that a message can stand in its place; the next step draws it again.
    void clear();

private:
    void draw();

    std::ostream& err_;
    const bool shown_;
    const int columns_;
    const Amount all_;
    const std::chrono::steady_clock::time_point begin_;
    std::chrono::steady_clock::time_point drawn_at_;
    Amount done_;
    std::int64_t read_ = 0;
    bool on_screen_ = false;
};

}  // namespace catalogd::cli

// The bar for work of which only the done part is known; drawn on a terminal, and only there.
#pragma once

#include <iosfwd>
#include <string>

#include "cli/session.h"

namespace catalogd::cli {

class ProgressBar {
public:
    ProgressBar(const Session& session, std::string what)
        : err_(session.err),
          shown_(session.terminal.err),
          columns_(session.terminal.columns - 1),
          what_(std::move(what)) {}
    ~ProgressBar() { clear(); }
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    // From 0 to 1; anything else is taken for the nearer of them.
    void show(double part);
    void clear();

private:
    std::ostream& err_;
    const bool shown_;
    const int columns_;
    const std::string what_;
    bool on_screen_ = false;
};

// One line of at most `columns` characters.
std::string progress_bar(const std::string& what, double part, int columns);

}  // namespace catalogd::cli

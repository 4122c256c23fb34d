#include "cli/progress.h"

#include <algorithm>
#include <ostream>

#include "cli/figures.h"

namespace catalogd::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds interval{100};

// Between 0 and 1; the tree may have grown since it was counted.
double fraction(Amount done, Amount all) {
    const double part = all.bytes > 0
                            ? static_cast<double>(done.bytes) / static_cast<double>(all.bytes)
                            : static_cast<double>(done.files) /
                                  static_cast<double>(std::max<std::int64_t>(all.files, 1));
    return std::clamp(part, 0.0, 1.0);
}

}  // namespace

std::string progress_line(Amount done, Amount all, double bytes_per_second, int columns) {
    const double part = fraction(done, all);
    std::string percent = std::to_string(static_cast<int>(part * 100)) + '%';
    percent.insert(0, 4 - std::min<std::size_t>(percent.size(), 4), ' ');
    const std::string text = percent + "  " + grouped(done.files) + " of " + grouped(all.files) +
                             " files, " + human_bytes(done.bytes) + " of " +
                             human_bytes(all.bytes) + ", " +
                             human_bytes(static_cast<std::int64_t>(bytes_per_second)) + "/s";
    const auto room = static_cast<std::size_t>(std::max(columns, 1));
    constexpr std::size_t least = 10;
    if (text.size() + least + 3 > room) {
        return text.substr(0, room);
    }
    const std::size_t width = std::min<std::size_t>(room - text.size() - 3, 40);
    const auto filled = static_cast<std::size_t>(part * static_cast<double>(width));
    return '[' + std::string(filled, '#') + std::string(width - filled, '.') + "] " + text;
}

Progress::Progress(const Session& session, Amount all)
    : err_(session.err),
      shown_(session.terminal.err),
      columns_(session.terminal.columns - 1),
      all_(all),
      begin_(Clock::now()),
      drawn_at_(begin_) {}

void Progress::file_done() {
    ++done_.files;
    draw();
}

void Progress::bytes_done(std::int64_t bytes, bool read) {
    done_.bytes += bytes;
    read_ += read ? bytes : 0;
    draw();
}

void Progress::clear() {
    if (on_screen_) {
        err_ << "\r\033[K" << std::flush;
        on_screen_ = false;
    }
}

void Progress::draw() {
    if (!shown_) {
        return;
    }
    const auto now = Clock::now();
    if (now - drawn_at_ < interval) {
        return;
    }
    drawn_at_ = now;
    const std::chrono::duration<double> elapsed = now - begin_;
    err_ << '\r'
         << progress_line(done_, all_, static_cast<double>(read_) / elapsed.count(), columns_)
         << "\033[K" << std::flush;
    on_screen_ = true;
}

}  // namespace catalogd::cli

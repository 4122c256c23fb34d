#include "cli/progress_bar.h"

#include <algorithm>
#include <ostream>

namespace catalogd::cli {

std::string progress_bar(const std::string& what, double part, int columns) {
    const double within = part > 0 ? std::min(part, 1.0) : 0;
    std::string percent = std::to_string(static_cast<int>(within * 100)) + '%';
    percent.insert(0, 4 - std::min<std::size_t>(percent.size(), 4), ' ');
    const std::string text = percent + "  " + what;
    const auto room = static_cast<std::size_t>(std::max(columns, 1));
    constexpr std::size_t least = 10;
    if (text.size() + least + 3 > room) {
        return text.substr(0, room);
    }
    const std::size_t width = std::min<std::size_t>(room - text.size() - 3, 40);
    const auto filled = static_cast<std::size_t>(within * static_cast<double>(width));
    return '[' + std::string(filled, '#') + std::string(width - filled, '.') + "] " + text;
}

void ProgressBar::show(double part) {
    if (shown_) {
        err_ << '\r' << progress_bar(what_, part, columns_) << "\033[K" << std::flush;
        on_screen_ = true;
    }
}

void ProgressBar::clear() {
    if (on_screen_) {
        err_ << "\r\033[K" << std::flush;
        on_screen_ = false;
    }
}

}  // namespace catalogd::cli

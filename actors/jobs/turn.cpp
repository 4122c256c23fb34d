#include "actors/jobs/turn.h"

namespace catalogd::actors {
namespace {

constexpr double late = 0.75;  // of a window
constexpr auto late_without_window = std::chrono::hours(1);

}  // namespace

Turn turn_of(Patience patience, const std::optional<Window>& window,
             const Circumstances& circumstances) {
    const auto passed = window ? passed_of(*window, circumstances.wall) : std::nullopt;
    if (window && !passed) {
        const bool over = circumstances.opened && patience == Patience::forgo;
        return over ? Turn::forgo : Turn::wait;
    }
    if (circumstances.held) {
        return Turn::wait;
    }
    if (patience == Patience::none || circumstances.quiet) {
        return Turn::begin;
    }
    const bool is_late = window ? *passed >= late : circumstances.waited >= late_without_window;
    if (!is_late) {
        return Turn::wait;
    }
    // Within its window it may still become quiet.
    return patience == Patience::until_late ? Turn::begin : window ? Turn::wait : Turn::forgo;
}

}  // namespace catalogd::actors

#include "cli/interruption.h"

#include <csignal>

namespace catalogd::cli {
namespace {

volatile std::sig_atomic_t wish = 0;

extern "C" void on_signal(int) {
    wish = 1;
}

}  // namespace

Interruption::Interruption() {
    wish = 0;
    struct sigaction action{};
    action.sa_handler = on_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);  // and no SA_RESTART: waits end early
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

Interruption::~Interruption() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool Interruption::wished() {
    return wish != 0;
}

}  // namespace catalogd::cli

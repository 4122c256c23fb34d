// What catalogctl tells its caller with its exit code: the one table of them.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace catalogd::cli {

enum class ExitCode : int {
    ok = 0,
    failed = 1,
    usage = 2,
    no_daemon = 3,
    not_found = 4,
    denied = 5,
    again = 75,
    interrupted = 130,
};

struct ExitMeaning {
    ExitCode code;
    std::string_view meaning;
};

inline constexpr std::array exit_meanings{
    ExitMeaning{ExitCode::ok, "done"},
    ExitMeaning{ExitCode::failed, "failed, or did a part of it only"},
    ExitMeaning{ExitCode::usage, "the command line, or a value in it, is not right"},
    ExitMeaning{ExitCode::no_daemon, "the daemon is not running"},
    ExitMeaning{ExitCode::not_found, "there is no such thing"},
    ExitMeaning{ExitCode::denied, "denied"},
    ExitMeaning{ExitCode::again, "busy, or the outcome is not known: try again"},
    ExitMeaning{ExitCode::interrupted, "interrupted"},
};

// As --help shows it: one line each.
std::string exit_code_help();

}  // namespace catalogd::cli

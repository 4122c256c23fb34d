// Why a command ended without what it was asked for.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/exit_code.h"
#include "protocol/codec.h"

namespace catalogd::cli {

struct Failure {
    Failure() = default;
    Failure(ExitCode meaning, std::string line) : code(meaning), text(std::move(line)) {}

    ExitCode code = ExitCode::failed;
    std::string text;        // one line for a person; may quote names as they are, not yet escaped
    std::string name;        // of the error that the daemon answered; empty where it answered none
    std::string parameters;  // that error's, as JSON
    std::optional<std::int64_t> retry_after_ms;  // nothing was done, and trying again may help
};

template <class T>
using Result = boost::system::result<T, Failure>;

// How an error of the contract reads, and what it means for the exit code.
struct ErrorRow {
    std::string_view name;
    ExitCode code = ExitCode::failed;
    std::string (*line)(protocol::Parameters);
};

std::span<const ErrorRow> error_rows();

// An error that a reply carried; one that the table does not know keeps its name and parameters.
Failure refused(std::string_view name, protocol::Parameters parameters);

// No daemon behind the socket, or none that lets us in: `error` is an errno.
Failure unreachable(std::string_view socket, int error);

// The peer closed the connection while a reply was due.
Failure connection_lost();

Failure usage_failure(std::string text);

}  // namespace catalogd::cli

// catalogctl scan: records a directory tree as a client's files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/session.h"

namespace catalogd::cli {

struct Scan {
    std::string directory;
    std::string client;  // a name or an id
};

// Repeating it goes on where it stopped: what is recorded with the size and time that the disk
// tells is not read again. Nothing is deleted from the catalog, whatever is gone from the disk.
Outcome run(Session& session, const Scan& command);

struct ScanSummary {
    std::int64_t files = 0;  // regular files seen: created + updated + unchanged + skipped
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::int64_t unchanged = 0;
    std::int64_t skipped = 0;
    std::int64_t bytes = 0;    // of those recorded
    std::int64_t missing = 0;  // recorded from this directory, and not on disk any more
    std::int64_t unreadable_folders = 0;
    bool interrupted = false;
};

std::string to_json(const ScanSummary& summary);
std::string to_lines(const ScanSummary& summary);
ExitCode exit_code(const ScanSummary& summary);

// Why the catalog cannot hold a file of this name and path; empty where it can.
std::optional<std::string> refuse_name(const std::string& name, const std::string& path);

}  // namespace catalogd::cli

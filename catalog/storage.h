// Whether a folder can hold a catalog, told before anything is opened there.
#pragma once

#include <cstdint>
#include <string>

namespace catalogd::catalog {

// Throws Unusable with its reason: the folder is missing or not writable, or the file system is
// one on which SQLite's write-ahead log does not work (network, FUSE).
void check_storage(const std::string& database_path);

// Bytes that the daemon's user may still take up on the folder's file system. Throws Unusable.
std::int64_t free_bytes(const std::string& folder);

// Who has this file locked, "process 123 (catalogd)"; empty where nobody has or nobody can tell.
// Only for a process that has no connection to the file open.
std::string lock_holder(const std::string& path);

}  // namespace catalogd::catalog

// Whether a folder can hold a catalog, told before anything is opened there.
#pragma once

#include <string>

namespace catalogd::catalog {

// Throws Unusable with its reason: the folder is missing or not writable, or the file system is
// one on which SQLite's write-ahead log does not work (network, FUSE).
void check_storage(const std::string& database_path);

// Who has this file locked, "process 123 (catalogd)"; empty where nobody has or nobody can tell.
// Only for a process that has no connection to the file open.
std::string lock_holder(const std::string& path);

}  // namespace catalogd::catalog

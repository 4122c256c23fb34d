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

// Of the database and of its write-ahead log, as they lie on the disk; 0 where there is none.
struct FileSizes {
    std::int64_t database = 0;
    std::int64_t log = 0;
};
FileSizes file_sizes(const std::string& database_path);

// Who has this file locked, "process 123 (catalogd)"; empty where nobody has or nobody can tell.
// Only for a process that has no connection to the file open.
std::string lock_holder(const std::string& path);

}  // namespace catalogd::catalog

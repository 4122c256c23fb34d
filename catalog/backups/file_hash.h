// Files read once from their beginning to their end, and hashed on the way.
#pragma once

#include <string>

#include "catalog/slices.h"

namespace catalogd::catalog::backups {

// SHA-256 in hex. Both throw Unusable and Stopped.
std::string hash_file(const std::string& path, const Slices& slices);
// Of what is copied into a new file. The copy is not synced.
std::string copy_file(const std::string& from, const std::string& to, const Slices& slices);

}  // namespace catalogd::catalog::backups

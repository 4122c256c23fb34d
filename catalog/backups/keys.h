// Which keys a backup's session keys are sealed with, and whether they are here.
#pragma once

#include <functional>

#include "catalog/connection.h"

namespace catalogd::catalog::backups {

// Their identifiers, as texts name them.
std::vector<std::string> keys_of(Connection& connection);

// Throws BackupKeysMissing where the copy needs a key that is not here.
void check_keys(const std::string& copy, const std::string& name,
                const std::function<bool(const Bytes& key_id)>& is_here);

}  // namespace catalogd::catalog::backups

// Which keys a backup's session keys are sealed with, and whether they are here.
#pragma once

#include <functional>

#include "catalog/connection.h"
#include "catalog/sealing.h"

namespace catalogd::catalog::backups {

// Their identifiers, as texts name them.
std::vector<std::string> keys_of(Connection& connection);

// Throws BackupKeysMissing where the copy needs a key that is not here.
void check_keys(const std::string& copy, const std::string& name,
                const std::function<bool(const Bytes& key_id)>& is_here);

// A copy in which nothing is sealed takes the key that is current here: what is sealed from now on
// is sealed with that one.
void adopt_key(const std::string& copy, const Sealer& sealer);

}  // namespace catalogd::catalog::backups

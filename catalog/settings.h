// Settings that are kept in the catalog: names and texts, which whoever keeps them understands.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "catalog/transaction.h"

namespace catalogd::catalog::settings {

using Values = std::map<std::string, std::string>;

Values read_all(Connection& connection);

// Without a value the setting is forgotten.
void keep(WriteTransaction& transaction, const std::string& name,
          const std::optional<std::string>& value);

}  // namespace catalogd::catalog::settings

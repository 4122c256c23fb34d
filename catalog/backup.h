// Copies of the catalog that have been read back before they count.
#pragma once

#include <string>

#include "catalog/connection.h"

namespace catalogd::catalog {

// Copies the database to `path`, which appears only when the copy is complete, sound and on the
// disk. Throws Unusable.
void back_up(Connection& connection, const std::string& path);

// The same, but where a sound copy of this schema is there already, it stays.
void back_up_once(Connection& connection, const std::string& path);

// Where a start keeps the catalog as it was before a later schema.
std::string copy_of_schema(const std::string& database, std::int64_t version);

}  // namespace catalogd::catalog

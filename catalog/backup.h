// Copies of the catalog that have been read back before they count.
#pragma once

#include <string>

#include "catalog/connection.h"

namespace catalogd::catalog {

// Copies the database to `path`, which appears only when the copy is complete, sound and on the
// disk. Where a sound copy is there already, it stays. Throws Unusable.
void back_up_once(WriteConnection& connection, const std::string& path);

}  // namespace catalogd::catalog

// Whether a copy of a catalog is sound.
#pragma once

#include "catalog/connection.h"

namespace catalogd::catalog::backups {

// Its structure and its references. What is wrong first, in words; empty where nothing is.
std::string fault_of(CopyConnection& copy);

}  // namespace catalogd::catalog::backups

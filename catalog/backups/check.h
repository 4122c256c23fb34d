// Whether a copy of a catalog is sound.
#pragma once

#include "catalog/connection.h"

namespace catalogd::catalog::backups {

// A catalog whose rows refer to others that are gone is copied as it is: its copy is sound where it
// is equal to what was noted of it.
enum class References { checked, as_they_are };

// Its structure, and its references. What is wrong first, in words; empty where nothing is.
std::string fault_of(CopyConnection& copy, References references);

}  // namespace catalogd::catalog::backups

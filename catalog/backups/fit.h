// Making a checked copy ready to be this machine's catalog, before it takes the other one's place.
#pragma once

#include "catalog/audit.h"
#include "catalog/sealing.h"

namespace catalogd::catalog::backups {

// Brings it to the schema of this program, and to that page size. Throws UnfitBackup where it is
// newer, Stopped, Unusable.
void fit(const std::string& copy, std::int64_t page_size, std::int64_t now, const Slices& slices);

// Where nothing in it is sealed, it takes the key that is current here: what is sealed from now on
// is sealed with that one.
void adopt_key(const std::string& copy, const Sealer& sealer);

// Its audit log begins anew with the restore, chained to the newest entry of the catalog that it
// replaces.
void begin_log(const std::string& copy, const audit::Link& replaced, audit::Act restore,
               std::int64_t now);

}  // namespace catalogd::catalog::backups

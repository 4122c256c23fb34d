// The old server kept several rows of one file: one for each upload, each check and each failure.
#pragma once

#include <vector>

#include "catalog/records.h"

namespace catalogd::actors::import {

// The one record that rows of one client and name make, given in the order of their writing; there
// is at least one. The row with the latest time gives path and figures, older ones what it lacks.
// Verified where any row is, unless a later one has another CRC: then other bytes have come since,
// which nobody has checked.
catalog::FileRecord merge(std::vector<catalog::FileRecord> rows);

}  // namespace catalogd::actors::import

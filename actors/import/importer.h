// Brings an old server's database over into the catalog.
//
// Everything is read from a copy, row by row; what can be brought over is placed in slices, each
// with a commit that others share, so that saves go on meanwhile. What the catalog has already
// stays as it is: after a kill, importing again does the rest.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "actors/import/old_time.h"
#include "actors/import/tally.h"
#include "catalog/import/slice.h"
#include "catalog/sealing.h"

namespace catalogd::actors::import {

struct Import {
    std::string path;
    bool dry_run = false;  // then nothing is written, the side report neither
};

// What an import needs of whoever runs it.
struct Surroundings {
    std::string catalog_path;
    const catalog::Sealer& sealer;
    OffsetAt offset_at = offset_here;
    // Places a slice in the catalog, or foresees what that would do.
    std::function<std::vector<catalog::import::Outcome>(catalog::import::Slice)> place;
    std::function<void(double)> progress;  // 0 to 1
    std::function<bool()> stopped;
};

// Throws UnfitPath, NotImportable, Stopped, Unusable, and what `place` throws.
Tally run(const Import& import, const Surroundings& surroundings);

}  // namespace catalogd::actors::import

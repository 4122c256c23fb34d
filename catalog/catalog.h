// Opening the catalog: from a path to a writer's connection on a checked, migrated database.
#pragma once

#include <memory>
#include <string>

#include "catalog/case_folding.h"
#include "catalog/connection.h"
#include "catalog/migrations.h"
#include "catalog/sealing.h"
#include "catalog/settings.h"
#include "catalog/shape.h"

namespace catalogd::catalog {

struct Opened {
    std::unique_ptr<WriteConnection> writer;
    Sealer sealer;
    CaseFolding folding;
    Migrated migrated;
    settings::Values settings;
    Shape shape;
};

// The order is the safe one: storage, the writer's lock, identity, schema, keys. Throws Unusable;
// where only the keys are not to be had, the sealer says so.
Opened open(const OpenOptions& options, const KeyFile& key_file, std::int64_t now);

}  // namespace catalogd::catalog

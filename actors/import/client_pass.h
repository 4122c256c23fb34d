// An import's first pass: the clients.
#pragma once

#include <set>
#include <string>

#include "actors/import/course.h"
#include "catalog/import/old_database.h"

namespace catalogd::actors::import {

// Those of the old database, once all of them were placed.
struct KnownClients {
    std::set<catalog::Id> there;      // in the catalog now
    std::set<std::string> set_aside;  // identifiers, whatever bytes these are
};

KnownClients pass_clients(catalog::import::OldDatabase& old, Course& course);

}  // namespace catalogd::actors::import

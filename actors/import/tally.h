// What became of an old database's rows, counted: the report of an import.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "actors/import/reason.h"

namespace catalogd::actors::import {

// Of one table. Each row that was read is imported, merged, present or set aside.
struct TableTally {
    std::string table;
    std::int64_t read = 0;
    std::int64_t imported = 0;  // became a record of the catalog
    std::int64_t merged = 0;    // went into a record together with others
    std::int64_t present = 0;   // the catalog had its record already
    std::map<Reason, std::int64_t> set_aside;
    std::map<Reason, std::int64_t> values_set_aside;  // of rows that were brought over
};

struct Tally {
    std::string schema;
    bool dry_run = false;
    std::vector<TableTally> tables;
    std::string side_report;  // its path; empty where nothing was set aside
};

// One JSON object, as the contract's ImportDatabase describes it.
std::string to_json(const Tally& tally);

}  // namespace catalogd::actors::import

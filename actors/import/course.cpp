#include "actors/import/course.h"

#include "catalog/failure.h"

namespace catalogd::actors::import {

void Course::row_read(TableTally& table) {
    constexpr std::int64_t between_looks = 64;
    ++table.read;
    if (++rows_read_ % between_looks != 0) {
        return;
    }
    if (surroundings_.stopped()) {
        throw catalog::Stopped{};
    }
    surroundings_.progress(static_cast<double>(rows_read_) / static_cast<double>(rows_));
}

void Course::set_aside(TableTally& table, Reason reason, const catalog::import::OldCells& row) {
    ++table.set_aside[reason];
    side_report_.row(table.table, reason, row);
}

void Course::set_aside(TableTally& table, const std::vector<Remark>& remarks,
                       const catalog::import::OldCells& key) {
    for (const Remark& remark : remarks) {
        ++table.values_set_aside[remark.reason];
        side_report_.value(table.table, remark, key);
    }
}

void Course::finish(const std::string& side_report) {
    if (side_report_.finish(side_report)) {
        tally_.side_report = side_report;
    }
}

}  // namespace catalogd::actors::import

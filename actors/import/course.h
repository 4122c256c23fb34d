// How an import is going: what was read, placed and set aside so far. Shared by its passes.
#pragma once

#include <string>

#include "actors/import/importer.h"
#include "actors/import/side_report.h"

namespace catalogd::actors::import {

class Course {
public:
    // `scratch`: where the side report grows; `rows`: that will be read.
    Course(const Surroundings& surroundings, std::string scratch, std::int64_t rows)
        : surroundings_(surroundings), side_report_(std::move(scratch)), rows_(rows) {}

    Tally& tally() { return tally_; }
    [[nodiscard]] const Surroundings& surroundings() const { return surroundings_; }

    // Counts it, tells progress, and throws Stopped where the import was told to stop.
    void row_read(TableTally& table);
    void set_aside(TableTally& table, Reason reason, const catalog::import::OldCells& row);
    void set_aside(TableTally& table, const std::vector<Remark>& remarks,
                   const catalog::import::OldCells& key);

    // The side report gets its place, where there is one.
    void finish(const std::string& side_report);

private:
    const Surroundings& surroundings_;
    Tally tally_;
    SideReport side_report_;
    const std::int64_t rows_;
    std::int64_t rows_read_ = 0;
};

}  // namespace catalogd::actors::import

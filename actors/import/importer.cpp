#include "actors/import/importer.h"

#include "actors/import/client_pass.h"
#include "actors/import/file_pass.h"
#include "actors/import/sample_pass.h"
#include "catalog/import/old_database.h"

namespace catalogd::actors::import {
namespace {

using catalog::import::OldDatabase;
using catalog::import::ScratchCopy;

std::int64_t count_rows(OldDatabase& old) {
    std::int64_t rows = 0;
    for (const auto& table : old.schema().tables()) {
        rows += old.rows(table.name);
    }
    return rows;
}

// Whole tables without a place go into the side report.
void set_aside_tables(OldDatabase& old, Course& course) {
    for (const std::string& name : old.other_tables()) {
        TableTally table;
        table.table = name;
        old.cells(name, [&](const catalog::import::OldCells& cells) {
            course.row_read(table);
            course.set_aside(table, Reason::no_place, cells);
        });
        course.tally().tables.push_back(std::move(table));
    }
}

}  // namespace

Tally run(const Import& import, const Surroundings& surroundings) {
    surroundings.progress(0);
    const ScratchCopy copy(import.path, surroundings.catalog_path, surroundings.stopped);
    OldDatabase old(copy.database(), surroundings.stopped);
    Course course(surroundings, copy.file("set-aside"), count_rows(old));
    course.tally().schema = old.schema().name();
    course.tally().dry_run = import.dry_run;
    const KnownClients known = pass_clients(old, course);
    pass_files(old, course, known);
    pass_samples(old, course);
    set_aside_tables(old, course);
    if (!import.dry_run) {
        course.finish(surroundings.catalog_path + ".set-aside-" + copy.digest() + ".jsonl");
    }
    surroundings.progress(1);
    return std::move(course.tally());
}

}  // namespace catalogd::actors::import

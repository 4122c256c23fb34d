// An old server's database, read from a copy of it.
//
// Seven schemas were in use, and upgrades between them could end half-way; so what is read follows
// from the tables and columns that are there. The file is not trusted: no view, trigger or virtual
// table of it is ever run, and no value is taken for what its column says.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "catalog/connection.h"
#include "catalog/import/old_row.h"
#include "catalog/import/old_schema.h"
#include "catalog/import/scratch_copy.h"

namespace catalogd::catalog::import {

class OldDatabase : private Connection {
public:
    // `path`: of the copy, which recovering its log changes. `stopped` is asked while it lives.
    // Throws NotImportable with what is wrong with the file, and Stopped, as every function does.
    // What a visitor throws passes through.
    OldDatabase(const std::string& path, std::function<bool()> stopped);
    ~OldDatabase();

    [[nodiscard]] const OldSchema& schema() const { return *schema_; }
    // Of a table of the schema.
    std::int64_t rows(const std::string& table);

    // In order of name, so that those of one name follow each other.
    void clients(const std::function<void(OldClient)>& visit);
    // In order of client and name, and of their writing within these.
    void files(const std::function<void(OldFile)>& visit);
    // Equal ones after each other; none where there is no such table.
    void samples(const std::function<void(OldSample)>& visit);

    // Every table beside these three.
    [[nodiscard]] std::vector<std::string> other_tables() const;
    void cells(const std::string& table, const std::function<void(OldCells)>& visit);

private:
    static int interrupt(void* self);
    void check();

    const std::function<bool()> stopped_;
    std::optional<OldSchema> schema_;
};

}  // namespace catalogd::catalog::import

// A copy of somebody's database in a folder of the catalog's own, to be read there: opened where it
// lies, a database with a write-ahead log would be changed by reading it.
#pragma once

#include <functional>
#include <string>

#include "catalog/failure.h"

namespace catalogd::catalog::import {

// The database, and the log or journal beside it. One at a time for a catalog; gone with the
// object, and what a kill has left with `remove_leftovers`.
class ScratchCopy {
public:
    // The catalog's own files are refused before they are opened: closing them would drop the
    // locks that keep other processes out. Throws UnfitPath, NotImportable where somebody writes
    // to the file meanwhile, Unusable where the folder fails, and Stopped.
    ScratchCopy(const std::string& source, const std::string& catalog_path,
                const std::function<bool()>& stopped);
    ~ScratchCopy();
    ScratchCopy(const ScratchCopy&) = delete;
    ScratchCopy& operator=(const ScratchCopy&) = delete;

    [[nodiscard]] std::string database() const { return file("old.db"); }
    // A place for another file that shall not outlive the copy.
    [[nodiscard]] std::string file(const std::string& name) const { return folder_ + '/' + name; }
    // 16 hex digits of what was copied: equal for equal files.
    [[nodiscard]] const std::string& digest() const { return digest_; }

    static void remove_leftovers(const std::string& catalog_path);

private:
    const std::string folder_;
    std::string digest_;
};

}  // namespace catalogd::catalog::import

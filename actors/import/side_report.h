// What an import sets aside, kept whole: one JSON object per line, in a file for its owner alone.
//
//   {"table":"files","reason":"…","row":{"FileName":"a","ClientID":{"hex":"…"},…}}
//   {"table":"files","reason":"…","of":{"ClientID":{"hex":"…"},"FileName":"a"},"values":{"CRC":-1}}
//
// Bytes are hex, text that is no UTF-8 as {"malformedText": hex}; of a column that by its name
// holds a secret there is only the length.
#pragma once

#include <fstream>
#include <string>

#include "actors/import/interpretation.h"

namespace catalogd::actors::import {

class SideReport {
public:
    // Written at the first line. Throws Unusable where the disk fails.
    explicit SideReport(std::string path) : path_(std::move(path)) {}

    void row(const std::string& table, Reason reason, const catalog::import::OldCells& cells);
    // `key`: what tells the row.
    void value(const std::string& table, const Remark& remark,
               const catalog::import::OldCells& key);
    // Puts the file in its place for good. False where there is nothing to report, and no file.
    bool finish(const std::string& final_path);

private:
    void line(const std::string& table, Reason reason, const std::string& rest);

    const std::string path_;
    std::ofstream out_;
};

// The cells as a JSON object.
std::string to_json(const catalog::import::OldCells& cells);

}  // namespace catalogd::actors::import

// The columns that the old server had, and where a row keeps what was read of each.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "catalog/import/old_row.h"

namespace catalogd::catalog::import {

template <class Row>
struct Known {
    std::string_view column;
    OldValue Row::* value;
};

inline constexpr std::array<Known<OldClient>, 5> client_columns{
    {{"ID", &OldClient::id},
     {"Name", &OldClient::name},
     {"PublicKey", &OldClient::public_key},
     {"LastSeen", &OldClient::last_seen},
     {"AESKey", &OldClient::session_key}}};

inline constexpr std::array<Known<OldFile>, 10> file_columns{
    {{"ID", &OldFile::id},
     {"ClientID", &OldFile::client},
     {"FileName", &OldFile::name},
     {"PathName", &OldFile::path},
     {"Verified", &OldFile::verified},
     {"FileSize", &OldFile::size},
     {"ModificationDate", &OldFile::modified},
     {"CRC", &OldFile::crc},
     {"FileCategory", &OldFile::category},
     {"MimeType", &OldFile::mime_type}}};

inline constexpr std::array<Known<OldSample>, 3> sample_columns{{{"metric_name", &OldSample::name},
                                                                 {"timestamp", &OldSample::at},
                                                                 {"value", &OldSample::value}}};

// The row as it lay in its table, without what says nothing.
template <class Row, std::size_t count>
OldCells cells_of(const std::array<Known<Row>, count>& columns, const Row& row) {
    OldCells cells;
    for (const Known<Row>& each : columns) {
        if (!(row.*each.value).is(OldValue::Type::null)) {
            cells.emplace_back(std::string(each.column), row.*each.value);
        }
    }
    if constexpr (requires { row.others; }) {
        cells.insert(cells.end(), row.others.begin(), row.others.end());
    }
    return cells;
}

}  // namespace catalogd::catalog::import

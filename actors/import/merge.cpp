#include "actors/import/merge.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace catalogd::actors::import {
namespace {

using catalog::FileRecord;
using Rows = std::span<const FileRecord>;

template <class T>
void fill(std::optional<T>& value, const std::optional<T>& older) {
    if (!value) {
        value = older;
    }
}

std::optional<std::int64_t> last_crc(Rows rows) {
    std::optional<std::int64_t> crc;
    for (const FileRecord& row : rows) {
        crc = row.crc ? row.crc : crc;
    }
    return crc;
}

// The rows up to the last verified one; none where there is none.
Rows until_verified(Rows rows) {
    const auto last = std::find_if(rows.rbegin(), rows.rend(),
                                   [](const FileRecord& row) { return row.verified; });
    return rows.first(static_cast<std::size_t>(rows.rend() - last));
}

// A check's own row has no CRC: it means the one of the upload before it.
bool still_verified(Rows rows) {
    const Rows checked = until_verified(rows);
    const auto crc = last_crc(checked);
    const Rows later = rows.subspan(checked.size());
    return !checked.empty() && std::ranges::all_of(later, [&](const FileRecord& row) {
        return !crc || !row.crc || row.crc == crc;
    });
}

// What has no time comes before all that have one, as empty optionals do; what has the same time
// stays in its order. Most rows come in order already.
std::vector<FileRecord> in_order_of_time(std::vector<FileRecord> rows) {
    std::vector<FileRecord> sorted;
    for (FileRecord& row : rows) {
        const auto at = std::ranges::upper_bound(sorted, row.modified, {}, &FileRecord::modified);
        sorted.insert(at, std::move(row));
    }
    return sorted;
}

}  // namespace

FileRecord merge(std::vector<FileRecord> rows) {
    rows = in_order_of_time(std::move(rows));
    FileRecord merged = rows.back();
    std::for_each(rows.rbegin() + 1, rows.rend(), [&](const FileRecord& older) {
        fill(merged.size, older.size);
        fill(merged.mime_type, older.mime_type);
        fill(merged.category, older.category);
        fill(merged.attributes, older.attributes);
    });
    merged.crc = last_crc(rows);
    merged.verified = still_verified(rows);
    return merged;
}

}  // namespace catalogd::actors::import

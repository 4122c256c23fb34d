#include "catalog/summary.h"

#include <limits>

#include "catalog/connection.h"

namespace catalogd::catalog {
namespace {

const Sql read_sql{"summary.read",
                   "SELECT last_number, last_created, running_time, clients, clients_with_keys, "
                   "last_seen_sum, files, verified_files, sized_files, bytes_high, bytes_low, "
                   "verified_high, verified_low, transferred_high, transferred_low, last_client, "
                   "indexed_to, last_change, indexed_change, last_segment, loose_smallest, "
                   "loose_largest FROM summary WHERE only_row = 1"};
const Sql write_sql{"summary.write",
                    "UPDATE summary SET last_number = ?1, last_created = ?2, running_time = ?3, "
                    "clients = ?4, clients_with_keys = ?5, last_seen_sum = ?6, files = ?7, "
                    "verified_files = ?8, sized_files = ?9, bytes_high = ?10, bytes_low = ?11, "
                    "verified_high = ?12, verified_low = ?13, transferred_high = ?14, "
                    "transferred_low = ?15, last_client = ?16, indexed_to = ?17, "
                    "last_change = ?18, indexed_change = ?19, last_segment = ?20, "
                    "loose_smallest = ?21, loose_largest = ?22 WHERE only_row = 1"};

ByteSum read_sum(Run& run) {
    const std::int64_t high = run.integer();
    return {high, run.integer()};
}

}  // namespace

std::int64_t ByteSum::whole() const {
    std::int64_t sum = 0;
    const bool beyond = __builtin_mul_overflow(high, std::int64_t{1} << 32, &sum) ||
                        __builtin_add_overflow(sum, low, &sum);
    return beyond ? std::numeric_limits<std::int64_t>::max() : sum;
}

double ByteSum::as_double() const {
    constexpr double two_to_32 = 4294967296.0;
    return static_cast<double>(high) * two_to_32 + static_cast<double>(low);
}

void Totals::add(const FileRecord& file, std::int64_t sign) {
    const std::int64_t size = file.size.value_or(0);
    files += sign;
    sized_files += file.size ? sign : 0;
    bytes.add(size, sign);
    if (file.verified) {
        verified_files += sign;
        verified_bytes.add(size, sign);
    }
}

void Totals::add(const Totals& other, std::int64_t sign) {
    files += sign * other.files;
    verified_files += sign * other.verified_files;
    sized_files += sign * other.sized_files;
    bytes += {sign * other.bytes.high, sign * other.bytes.low};
    verified_bytes += {sign * other.verified_bytes.high, sign * other.verified_bytes.low};
}

Summary read_summary(Connection& connection) {
    Summary summary;
    Run run(connection, read_sql);
    if (!run.step()) {
        return summary;
    }
    summary.last_number = run.integer();
    summary.last_created = run.integer();
    summary.running_time = run.integer();
    summary.clients = run.integer();
    summary.clients_with_keys = run.integer();
    summary.last_seen_sum = run.integer();
    summary.totals.files = run.integer();
    summary.totals.verified_files = run.integer();
    summary.totals.sized_files = run.integer();
    summary.totals.bytes = read_sum(run);
    summary.totals.verified_bytes = read_sum(run);
    summary.transferred = read_sum(run);
    summary.last_client = run.integer();
    summary.index.indexed_to = run.integer();
    summary.index.last_change = run.integer();
    summary.index.indexed_change = run.integer();
    summary.index.last_segment = run.integer();
    summary.index.loose_smallest = run.optional_integer();
    summary.index.loose_largest = run.optional_integer();
    return summary;
}

void write_summary(Connection& connection, const Summary& summary) {
    const Totals& totals = summary.totals;
    const IndexState& index = summary.index;
    Run(connection, write_sql, summary.last_number, summary.last_created, summary.running_time,
        summary.clients, summary.clients_with_keys, summary.last_seen_sum, totals.files,
        totals.verified_files, totals.sized_files, totals.bytes.high, totals.bytes.low,
        totals.verified_bytes.high, totals.verified_bytes.low, summary.transferred.high,
        summary.transferred.low, summary.last_client, index.indexed_to, index.last_change,
        index.indexed_change, index.last_segment, index.loose_smallest, index.loose_largest)
        .execute();
}

}  // namespace catalogd::catalog

#include "catalog/statistics.h"

#include "catalog/search/sizes.h"
#include "catalog/storage.h"

namespace catalogd::catalog {
namespace {

const Sql free_sql{"statistics.free",
                   "SELECT free.freelist_count * page.page_size "
                   "FROM pragma_freelist_count free CROSS JOIN pragma_page_size page"};

}  // namespace

Statistics read_statistics(Connection& connection, search::Index& index) {
    const Snapshot snapshot(connection);
    Statistics statistics;
    statistics.summary = read_summary(connection);
    const auto sizes = search::size_range(connection, index, statistics.summary.index);
    statistics.smallest_size = sizes.smallest;
    statistics.largest_size = sizes.largest;
    const FileSizes sizes_on_disk = file_sizes(connection.path());
    statistics.database_bytes = sizes_on_disk.database;
    statistics.log_bytes = sizes_on_disk.log;
    if (Run run(connection, free_sql); run.step()) {
        statistics.free_bytes = run.integer();
    }
    return statistics;
}

}  // namespace catalogd::catalog

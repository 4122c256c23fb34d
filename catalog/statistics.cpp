#include "catalog/statistics.h"

#include <sys/stat.h>

#include "catalog/search/sizes.h"

namespace catalogd::catalog {
namespace {

const Sql free_sql{"statistics.free",
                   "SELECT free.freelist_count * page.page_size "
                   "FROM pragma_freelist_count free CROSS JOIN pragma_page_size page"};

std::int64_t size_of(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_size : 0;
}

}  // namespace

Statistics read_statistics(Connection& connection, search::Index& index) {
    const Snapshot snapshot(connection);
    Statistics statistics;
    statistics.summary = read_summary(connection);
    const auto sizes = search::size_range(connection, index, statistics.summary.index);
    statistics.smallest_size = sizes.smallest;
    statistics.largest_size = sizes.largest;
    statistics.database_bytes = size_of(connection.path());
    statistics.log_bytes = size_of(connection.path() + "-wal");
    if (Run run(connection, free_sql); run.step()) {
        statistics.free_bytes = run.integer();
    }
    return statistics;
}

}  // namespace catalogd::catalog

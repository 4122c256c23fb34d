#include "catalog/summary.h"

#include "catalog/connection.h"

namespace catalogd::catalog {
namespace {

const Sql read_sql{"summary.read",
                   "SELECT last_number, last_created FROM summary WHERE only_row = 1"};

}  // namespace

Summary read_summary(Connection& connection) {
    Summary summary;
    if (Run run(connection, read_sql); run.step()) {
        summary.last_number = run.integer();
        summary.last_created = run.integer();
    }
    return summary;
}

}  // namespace catalogd::catalog

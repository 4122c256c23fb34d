#include "catalog/maintenance_hold.h"

namespace catalogd::catalog {
namespace {

const Sql keep_sql{"maintenance_hold.keep",
                   "INSERT INTO maintenance_hold (only_row, asked, until, reason) "
                   "VALUES (1, ?1, ?2, ?3) ON CONFLICT (only_row) DO UPDATE "
                   "SET asked = excluded.asked, until = excluded.until, reason = excluded.reason"};
const Sql release_sql{"maintenance_hold.release", "DELETE FROM maintenance_hold"};
const Sql find_sql{"maintenance_hold.find",
                   "SELECT asked, until, reason FROM maintenance_hold WHERE only_row = 1"};

}  // namespace

void keep_hold(WriteTransaction& transaction, const std::optional<MaintenanceHold>& hold) {
    if (hold) {
        Run(transaction.connection(), keep_sql, hold->asked, hold->until, hold->reason).execute();
    } else {
        Run(transaction.connection(), release_sql).execute();
    }
}

std::optional<MaintenanceHold> find_hold(Connection& connection) {
    Run run(connection, find_sql);
    if (!run.step()) {
        return {};
    }
    MaintenanceHold hold;
    hold.asked = run.integer();
    hold.until = run.integer();
    hold.reason = run.text();
    return hold;
}

}  // namespace catalogd::catalog

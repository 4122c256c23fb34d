// io.catalogd.Admin.ListMigrations and Rollback. Maintenance makes the backup; the writer takes the
// steps back in one transaction, and nothing else afterwards: this program does not know how to
// serve an older schema.
#include <spdlog/spdlog.h>

#include "actors/maintenance.h"
#include "catalog/rollback.h"

namespace catalogd::actors {

admin::ListMigrations::Reply answer(ReadContext& context,
                                    const admin::ListMigrations& /*message*/) {
    const catalog::Snapshot snapshot(context.connection);
    admin::ListMigrations::Reply reply;
    const auto steps = catalog::migrations();
    for (catalog::TakenStep& taken : catalog::steps_taken(context.connection)) {
        const catalog::Migration& step = steps.at(static_cast<std::size_t>(taken.version) - 1);
        reply.migrations.push_back({taken.version, std::move(taken.name),
                                    protocol::Time{taken.applied_at}, step.way_back.has_value(),
                                    std::move(taken.checksum)});
    }
    reply.schema_version = catalog::schema_version(context.connection);
    return reply;
}

void apply(WriteContext& context, const TakeStepsBack& message) {
    catalog::roll_back(context.transaction, catalog::migrations(), message.to);
}

admin::Rollback::Reply perform(WorkContext& context, const admin::Rollback& message) {
    catalog::Connection& connection = context.connection();
    catalog::check_way_back(connection, catalog::migrations(), message.to_version);
    std::string backup =
        catalog::back_up_before_rollback(connection, message.to_version, context.now());
    const LogField field(log_field::message_id, log_message::rolled_back);
    spdlog::warn("the catalog goes back to schema {}; as it was it is kept in {}",
                 message.to_version, backup);
    context.write(TakeStepsBack{message.to_version});
    return {message.to_version, std::move(backup)};
}

}  // namespace catalogd::actors

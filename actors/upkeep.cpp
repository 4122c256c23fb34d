// The writer's handlers of messages that never cross the wire.
#include "actors/handlers.h"
#include "catalog/settings.h"

namespace catalogd::actors {

void apply(WriteContext& context, const InstallIndexStep& message) {
    catalog::search::install(context.transaction, *message.step, message.piece);
}

void apply(WriteContext& context, const ImportSlice& message) {
    *message.outcomes = catalog::import::place(context.transaction, *message.slice);
}

protocol::settings::SetSetting::Reply apply(WriteContext& context, const KeepSetting& message) {
    if (!message.reply) {
        throw message.reply.error();
    }
    catalog::settings::keep(context.transaction, message.name, message.value);
    *message.kept = true;
    return *message.reply;
}

void apply(WriteContext& context, const RecordActs& message) {
    context.acts = message.acts;
}

void apply(WriteContext& context, const StoreQueryStatistics& /*message*/) {
    context.transaction.connection().options().statistics->store(context.transaction);
}

}  // namespace catalogd::actors

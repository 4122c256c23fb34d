// The writer's handlers of messages that never cross the wire.
#include "actors/handlers.h"

namespace catalogd::actors {

void apply(WriteContext& context, const InstallIndexStep& message) {
    catalog::search::install(context.transaction, *message.step);
}

void apply(WriteContext& context, const ImportSlice& message) {
    *message.outcomes = catalog::import::place(context.transaction, *message.slice);
}

}  // namespace catalogd::actors

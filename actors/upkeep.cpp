// The writer's handlers of messages that never cross the wire.
#include "actors/handlers.h"

namespace catalogd::actors {

void apply(WriteContext& context, const InstallIndexStep& message) {
    catalog::search::install(context.transaction, *message.step);
}

}  // namespace catalogd::actors

#include "actors/replacement.h"

#include "catalog/backups/swap.h"

namespace catalogd::actors {
namespace {

using catalog::WriteConnection;

// How long the log's new beginning waits for readers that still see the old catalog.
constexpr auto patience = std::chrono::milliseconds(100);

}  // namespace

WritesHeld::WritesHeld(WorkContext& context, const std::string& why) : context_(context) {
    context_.alone([&](WriteConnection& writer) { writer.hold(why); });
}

WritesHeld::~WritesHeld() {
    try {
        context_.alone([](WriteConnection& writer) { writer.hold({}); });
    } catch (const protocol::Error&) {
        // The writer has failed: it takes no writes in any case.
    }
}

void replace_catalog(WorkContext& context, const std::string& copy, const catalog::Slices& slices) {
    using catalog::backups::Swap;
    std::unique_ptr<Swap> swap;  // the writer's thread makes it and ends it
    try {
        for (double done = 0; done < 1;) {
            context.alone([&](WriteConnection& writer) {
                if (!swap) {
                    swap = std::make_unique<Swap>(writer, copy);
                }
                done = swap->step() ? 1 : std::min(swap->done(), 0.999);
                if (done == 1) {
                    swap.reset();
                    writer.checkpoint(WriteConnection::Checkpoint::restart, patience);
                }
            });
            slices.next(done);
        }
    } catch (const protocol::Error& error) {
        if (swap && !std::holds_alternative<protocol::errors::OutcomeUnknown>(error)) {
            context.alone([&](WriteConnection&) { swap.reset(); });
        }
        throw;
    }
}

}  // namespace catalogd::actors

// checkpoint: the log into the database, beside the writer's own, which it makes as the log grows.
#include "actors/jobs/kinds.h"

namespace catalogd::actors {
namespace {

using catalog::WriteConnection;

// A reader's page takes some milliseconds: this long the log's new beginning waits for it.
constexpr auto patience = std::chrono::milliseconds(100);

}  // namespace

jobs::Checkpoint::Reply run_job(WorkContext& context, const jobs::Checkpoint& parameters,
                                const JobOrder& order) {
    jobs::Checkpoint::Reply reply;
    const bool truncate = parameters.truncate.value_or(!order.asked && order.quiet);
    context.alone([&](WriteConnection& writer) {
        reply.log_bytes_before = writer.log_bytes();
        reply.complete = truncate
                             ? writer.checkpoint(WriteConnection::Checkpoint::truncate, patience)
                             : writer.checkpoint(WriteConnection::Checkpoint::passive, {});
        reply.log_bytes = writer.log_bytes();
    });
    return reply;
}

}  // namespace catalogd::actors

// io.catalogd.Jobs.History and Forecast: answered from the catalog, by a reader.
#include <algorithm>

#include "actors/jobs/kinds.h"
#include "actors/scheduler.h"
#include "catalog/durable_file.h"
#include "catalog/failure.h"
#include "catalog/vacuum.h"

namespace catalogd::actors {
namespace {

namespace runs = catalog::job_runs;
using catalog::Space;

constexpr double least_seconds = 0.05;
// What a job goes through in a second, on a machine of no great speed (bench/jobs).
constexpr double bytes_read = 150e6;
constexpr double bytes_checked = 160e6;
constexpr double bytes_copied = 65e6;  // read, written, checked and hashed
constexpr double bytes_proven = 85e6;
// A shorter run tells of what it did besides.
constexpr double telling_seconds = 1;

const JobKind& kind_of(const std::string& name) {
    const JobKind* kind = find_job(name);
    if (kind == nullptr) {
        throw protocol::Error(protocol::errors::UnknownJob{name});
    }
    return *kind;
}

double seconds_for(std::int64_t bytes, double rate) {
    return std::max(least_seconds, static_cast<double>(bytes) / rate);
}

// What it went through when it last ran on this machine, where that is known.
template <class Job>
double rate_of_last(ReadContext& context, double usual) {
    const auto run = runs::newest_ended(context.connection, std::string(Job::method), false);
    if (!run || !run->result) {
        return usual;
    }
    const auto result = protocol::decode_text<typename Job::Reply>(*run->result);
    const double seconds = static_cast<double>(*run->ended - run->started) / 1000;
    return result && result->bytes > 0 && seconds >= telling_seconds
               ? static_cast<double>(result->bytes) / seconds
               : usual;
}

double copy_rate(ReadContext& context) {
    return rate_of_last<jobs::TakeBackup>(context, bytes_copied);
}

// Whether so much can be written beside the catalog, and in the folder of its backups.
void add_room(jobs::Forecast::Reply& reply, ReadContext& context, std::int64_t beside,
              std::int64_t in_folder) {
    reply.disk_needed = std::max(beside, in_folder);
    try {
        context.shared.backups.check_room(in_folder);
        context.shared.backups.check_room(beside, catalog::folder_of(context.connection.path()));
    } catch (const catalog::DiskTooSmall& refusal) {
        reply.feasible = false;
        reply.reason = refusal.reason;
    }
}

void forecast_vacuum(jobs::Forecast::Reply& reply, ReadContext& context, const Space& space) {
    const std::int64_t after = catalog::bytes_if_rewritten(context.connection);
    reply.seconds = seconds_for(after, copy_rate(context));
    reply.bytes_freed = std::max<std::int64_t>(0, space.bytes() - after);
    add_room(reply, context, after, 2 * after);
}

}  // namespace

jobs::History::Reply answer(ReadContext& context, const jobs::History& message) {
    const std::int64_t limit = protocol::limit_of(message.limit);
    if (message.job) {
        static_cast<void>(kind_of(*message.job));
    }
    jobs::History::Reply reply;
    for (const runs::Run& run : message.job ? runs::list(context.connection, *message.job, limit)
                                            : runs::list(context.connection, limit)) {
        reply.runs.push_back(to_message(run));
    }
    return reply;
}

jobs::Forecast::Reply answer(ReadContext& context, const jobs::Forecast& message) {
    const std::string_view job = kind_of(message.job).name;
    const catalog::Snapshot snapshot(context.connection);
    const Space space = catalog::space_of(context.connection);
    const std::int64_t used = space.bytes() - space.free_bytes();
    jobs::Forecast::Reply reply;
    reply.feasible = true;
    reply.seconds = least_seconds;
    if (job == jobs::Vacuum::method) {
        forecast_vacuum(reply, context, space);
    } else if (job == jobs::TakeBackup::method || job == jobs::BackupProof::method) {
        const double rate = job == jobs::TakeBackup::method
                                ? copy_rate(context)
                                : rate_of_last<jobs::BackupProof>(context, bytes_proven);
        reply.seconds = seconds_for(space.bytes(), rate);
        add_room(reply, context, 0, space.bytes());
    } else if (job == jobs::IntegrityCheck::method) {
        reply.seconds = seconds_for(used, bytes_checked);
    } else if (job == jobs::ForeignKeyCheck::method || job == jobs::OrphanCheck::method) {
        reply.seconds = seconds_for(used, bytes_read);
    }
    return reply;
}

}  // namespace catalogd::actors

// vacuum: free pages go back to the system in slices, beside everything else. The full kind writes
// the whole catalog anew, and swaps the copy in as a restore does: writes get ReadOnly meanwhile.
#include "catalog/vacuum.h"

#include <spdlog/spdlog.h>

#include "actors/backups.h"
#include "actors/jobs/kinds.h"
#include "actors/replacement.h"
#include "catalog/backups/scratch_folder.h"
#include "catalog/durable_file.h"

namespace catalogd::actors {
namespace {

using catalog::Space;

constexpr std::int64_t pages_in_slice = 128;  // some milliseconds of the writer

// What stays free for the next records by itself, unless somebody asks for all of it.
std::int64_t pages_to_keep(const Space& space, const JobOrder& order) {
    constexpr std::int64_t share = 50;  // a part of all pages
    return order.asked ? 0 : space.pages / share;
}

// Whether writing all of it anew is worth what it costs, where nobody has asked for it.
bool is_worthwhile(const Space& space, std::int64_t bytes_after) {
    constexpr std::int64_t least = 16 << 20;
    const std::int64_t gain = space.bytes() - bytes_after;
    return gain >= least && gain >= space.bytes() / 4;
}

jobs::Vacuum::Reply begin(const Space& space) {
    jobs::Vacuum::Reply reply;
    reply.free_pages = space.free_pages;
    reply.pages = space.pages;
    return reply;
}

jobs::Vacuum::Reply give_back(WorkContext& context, const JobOrder& order) {
    const Space space = catalog::space_of(context.connection());
    jobs::Vacuum::Reply reply = begin(space);
    const std::int64_t goal = space.free_pages - pages_to_keep(space, order);
    const auto left = std::make_shared<std::int64_t>(space.free_pages);
    for (std::int64_t given = 0; given < goal && *left > 0;) {
        context.throw_if_cancelled();
        const std::int64_t before = *left;
        const std::int64_t slice = std::min(pages_in_slice, goal - given);
        context.write(GiveBackPages{slice, left});
        if (*left >= before) {
            break;  // as many come free as go
        }
        given += slice;
        context.progress(static_cast<double>(given) / static_cast<double>(goal));
    }
    reply.bytes_freed = std::max<std::int64_t>(0, space.free_pages - *left) * space.page_size;
    return reply;
}

// For the copy, and for the log, which holds all of it for a while; perhaps on one disk.
void check_room(WorkContext& context, std::int64_t bytes) {
    const auto& store = context.shared().backups;
    store.make_folder();
    store.check_room(2 * bytes);
    store.check_room(bytes, catalog::folder_of(context.connection().path()));
}

jobs::Vacuum::Reply write_anew(WorkContext& context, const JobOrder& order) {
    const Space space = catalog::space_of(context.connection());
    jobs::Vacuum::Reply reply = begin(space);
    const std::int64_t after = catalog::bytes_if_rewritten(context.connection());
    if (!order.asked && !is_worthwhile(space, after)) {
        return reply;
    }
    check_room(context, after);
    const catalog::backups::ScratchFolder folder(context.shared().backups.scratch("vacuumed"));
    const std::string copy = folder.file("copy");
    const WritesHeld held(context, "a full vacuum runs");
    context.progress(0.05);
    catalog::rewrite(context.connection(), copy);
    context.throw_if_cancelled();
    replace_catalog(context, copy, slices_of(context).part(0.5, 1));
    reply.full = true;
    reply.bytes_freed = space.bytes() - catalog::space_of(context.connection()).bytes();
    return reply;
}

}  // namespace

jobs::Vacuum::Reply run_job(WorkContext& context, const jobs::Vacuum& parameters,
                            const JobOrder& order) {
    return parameters.full.value_or(false) ? write_anew(context, order) : give_back(context, order);
}

}  // namespace catalogd::actors

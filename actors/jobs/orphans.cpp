// orphan-check: file records without a client are reported, and removed where that was asked for
// or configured.
#include "catalog/orphans.h"

#include <spdlog/spdlog.h>

#include "actors/backups.h"
#include "actors/jobs/kinds.h"

namespace catalogd::actors {
namespace {

namespace orphans = catalog::orphans;

constexpr std::int64_t records_in_slice = 20'000;  // to look at: some milliseconds
constexpr std::size_t removed_in_slice = 500;

std::vector<std::int64_t> find_all(WorkContext& context) {
    catalog::Connection& connection = context.connection();
    const std::int64_t last = orphans::last_number(connection);
    std::vector<std::int64_t> numbers;
    for (std::int64_t at = 0; at < last;) {
        context.throw_if_cancelled();
        const auto found = orphans::find(connection, at, records_in_slice);
        numbers.insert(numbers.end(), found.numbers.begin(), found.numbers.end());
        at = found.looked_to;
        context.progress(std::min(1.0, static_cast<double>(at) / static_cast<double>(last)) / 2);
    }
    return numbers;
}

std::int64_t remove_all(WorkContext& context, const std::vector<std::int64_t>& numbers) {
    std::int64_t all = 0;
    const auto removed = std::make_shared<std::int64_t>(0);
    for (std::size_t at = 0; at < numbers.size(); at += removed_in_slice) {
        context.throw_if_cancelled();
        const std::size_t end = std::min(at + removed_in_slice, numbers.size());
        context.write(RemoveOrphans{{numbers.begin() + static_cast<std::ptrdiff_t>(at),
                                     numbers.begin() + static_cast<std::ptrdiff_t>(end)},
                                    end == numbers.size(),
                                    removed});
        all += *removed;
        context.progress(0.5 +
                         0.5 * static_cast<double>(end) / static_cast<double>(numbers.size()));
    }
    return all;
}

}  // namespace

jobs::OrphanCheck::Reply run_job(WorkContext& context, const jobs::OrphanCheck& parameters,
                                 const JobOrder& order) {
    const auto numbers = find_all(context);
    jobs::OrphanCheck::Reply reply;
    reply.orphans = static_cast<std::int64_t>(numbers.size());
    if (numbers.empty() || !parameters.repair.value_or(order.rules.repair_orphans)) {
        return reply;
    }
    const auto& store = context.shared().backups;
    reply.backup = take_backup(context, store.free_name("before-repair", context.now())).name;
    reply.repaired = remove_all(context, numbers);
    spdlog::warn(
        "{} file records that had no client were removed; as it was before the catalog is "
        "kept as {}",
        reply.repaired, *reply.backup);
    return reply;
}

}  // namespace catalogd::actors

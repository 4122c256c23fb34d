// The readers' handlers that the search index answers, and the figures of the whole catalog.
#include "actors/cursor.h"
#include "actors/handlers.h"
#include "actors/records.h"
#include "catalog/clients.h"
#include "catalog/failure.h"
#include "catalog/removals.h"
#include "catalog/search/search.h"
#include "catalog/statistics.h"

namespace catalogd::actors {
namespace {

namespace search = catalog::search;

// Which clients' files are searched; empty: all.
std::optional<std::unordered_set<std::int64_t>> clients_of(ReadContext& context,
                                                           const files::Search& message) {
    std::optional<std::unordered_set<std::int64_t>> numbers;
    if (message.client_id) {
        const auto owner =
            catalog::clients::find_owner(context.connection, message.client_id->bytes);
        if (!owner) {
            throw catalog::UnknownClient{{}, message.client_id->bytes};
        }
        numbers.emplace({owner->number});
    }
    if (message.client) {
        const std::string part = context.shared.folding.fold(*message.client);
        std::unordered_set<std::int64_t> named;
        for (const catalog::Owner& owner : catalog::clients::owners(context.connection)) {
            if (context.shared.folding.contains(owner.name, part) &&
                (!numbers || numbers->contains(owner.number))) {
                named.insert(owner.number);
            }
        }
        numbers = std::move(named);
    }
    return numbers;
}

search::Criteria criteria_of(ReadContext& context, const files::Search& message) {
    search::Criteria criteria;
    criteria.text = message.text.value_or("");
    criteria.extension = message.extension;
    criteria.clients = clients_of(context, message);
    if (message.modified_from) {
        criteria.modified.low = message.modified_from->begin.milliseconds;
    }
    if (message.modified_to) {
        criteria.modified.high = message.modified_to->end.milliseconds;
    }
    criteria.size.low = value_of(message.min_size);
    criteria.size.high = value_of(message.max_size);
    criteria.verified = message.verified;
    return criteria;
}

}  // namespace

files::Search::Reply answer(ReadContext& context, const files::Search& message) {
    const catalog::Snapshot snapshot(context.connection);
    const search::Filter filter(context.shared.folding, criteria_of(context, message));
    // The two enumerations name the same orders in the same order.
    const auto order =
        static_cast<search::Order>(message.order.value_or(files::SearchOrder::newest));
    search::Request request{filter, order, {}, limit_of(message.limit), context.page_is_due};
    if (message.after) {
        request.after = search_position(*message.after, order);
    }
    search::Page page = search::find(context.connection, context.shared.index, request);
    files::Search::Reply reply;
    for (catalog::OwnedFile& owned : page.files) {
        reply.files.push_back(to_file(context.shared.folding, owned.owner, std::move(owned.file)));
    }
    if (page.next) {
        reply.next = to_cursor(*page.next, order);
    }
    if (message.count_total.value_or(false)) {
        reply.total = search::count(context.connection, context.shared.index, filter);
    }
    return reply;
}

files::ListRemovals::Reply answer(ReadContext& context, const files::ListRemovals& message) {
    const catalog::Snapshot snapshot(context.connection);
    const search::NamedPaths named(context.connection, context.shared.index,
                                   context.shared.folding);
    std::optional<catalog::Id> after;
    if (message.after) {
        after = removal_position(*message.after);
    }
    auto page = catalog::removals::list(context.connection, named, after, limit_of(message.limit));
    files::ListRemovals::Reply reply;
    for (catalog::removals::Removal& removal : page.removals) {
        reply.removals.push_back(
            {{removal.id}, {removal.client}, std::move(removal.path), {removal.since}});
    }
    if (page.next) {
        reply.next = to_cursor(*page.next);
    }
    return reply;
}

whole::GetStatistics::Reply answer(ReadContext& context, const whole::GetStatistics& /*message*/) {
    constexpr double milliseconds_per_day = 86'400'000;
    const auto figures = catalog::read_statistics(context.connection, context.shared.index);
    const catalog::Summary& summary = figures.summary;
    whole::Statistics statistics;
    statistics.clients = summary.clients;
    statistics.clients_with_keys = summary.clients_with_keys;
    statistics.files = summary.totals.files;
    statistics.verified_files = summary.totals.verified_files;
    statistics.bytes = summary.totals.bytes.whole();
    statistics.verified_bytes = summary.totals.verified_bytes.whole();
    if (summary.totals.sized_files > 0) {
        statistics.average_file_bytes =
            summary.totals.bytes.as_double() / static_cast<double>(summary.totals.sized_files);
    }
    statistics.smallest_file_bytes = figures.smallest_size;
    statistics.largest_file_bytes = figures.largest_size;
    if (summary.clients > 0) {
        const double seen =
            static_cast<double>(summary.last_seen_sum) / static_cast<double>(summary.clients);
        statistics.average_days_since_seen =
            (static_cast<double>(context.now) - seen) / milliseconds_per_day;
    }
    statistics.bytes_transferred = summary.transferred.whole();
    statistics.database_bytes = figures.database_bytes;
    statistics.wal_bytes = figures.log_bytes;
    statistics.free_bytes = figures.free_bytes;
    statistics.as_of = {context.now};
    return {statistics};
}

}  // namespace catalogd::actors

// The handlers of io.catalogd.Metrics.
#include "catalog/metrics.h"

#include "actors/handlers.h"

namespace catalogd::actors {
namespace {

namespace metric_table = catalog::metrics;

// Expired samples that a call removes beyond as many as it adds: their number stays where it is,
// and shrinks after a shorter time was configured, while no call pays for many.
constexpr std::int64_t spare_samples = 16;

// What one commit may remove: an eighth of a second in which no other write is done.
constexpr std::int64_t most_trimmed = 250'000;

metric_table::Window window_of(const metrics::History& message) {
    metric_table::Window window;
    if (message.from) {
        window.from = message.from->begin.milliseconds;
    }
    if (message.to) {
        window.to = message.to->end.milliseconds;
    }
    return window;
}

}  // namespace

metrics::Record::Reply apply(WriteContext& context, const metrics::Record& message) {
    const std::int64_t now = context.transaction.now();
    std::vector<metric_table::Sample> samples;
    samples.reserve(message.samples.value.size());
    for (const metrics::Sample& sample : message.samples.value) {
        samples.push_back(
            {sample.name.value, sample.at ? sample.at->milliseconds : now, sample.value});
    }
    const auto recorded = static_cast<std::int64_t>(samples.size());
    metric_table::record(context.transaction, samples,
                         {now - context.metrics_kept, recorded + spare_samples});
    return {recorded};
}

metrics::Trim::Reply apply(WriteContext& context, const metrics::Trim& message) {
    return {
        metric_table::trim(context.transaction, message.before.begin.milliseconds, most_trimmed)};
}

metrics::History::Reply answer(ReadContext& context, const metrics::History& message) {
    const std::int64_t most =
        message.max_points ? message.max_points->value : metrics::default_points;
    metrics::History::Reply reply;
    for (const metric_table::Point& point :
         metric_table::history(context.connection, message.name.value, window_of(message), most)) {
        reply.points.push_back({{point.at}, point.value});
    }
    return reply;
}

metrics::ListNames::Reply answer(ReadContext& context, const metrics::ListNames& /*message*/) {
    return {metric_table::names(context.connection)};
}

}  // namespace catalogd::actors

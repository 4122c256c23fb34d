// search-index: how far it has followed; built anew where that was asked for.
#include "actors/jobs/kinds.h"
#include "catalog/search/build.h"

namespace catalogd::actors {

jobs::SearchIndex::Reply run_job(WorkContext& context, const jobs::SearchIndex& parameters,
                                 const JobOrder& /*order*/) {
    jobs::SearchIndex::Reply reply;
    if (parameters.rebuild.value_or(false)) {
        context.write(ForgetSearchIndex{});
        reply.rebuilt = true;
    }
    catalog::Connection& connection = context.connection();
    const catalog::Snapshot snapshot(connection);
    reply.segments = connection.query_integer("SELECT count(*) FROM search_marks");
    reply.waiting = catalog::search::backlog(catalog::read_summary(connection));
    return reply;
}

}  // namespace catalogd::actors

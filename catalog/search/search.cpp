#include "catalog/search/search.h"

#include "catalog/search/page.h"

namespace catalogd::catalog::search {
namespace {

const Sql text_sql{"search.text", "SELECT name, path FROM files WHERE number = ?1"};

bool contains_text(const View& view, std::int64_t file) {
    Run run(view.connection(), text_sql, file);
    if (!run.step()) {
        return false;
    }
    const std::string name = run.text();
    return view.filter().text().is_in(view.filter().folding(), name, run.text());
}

}  // namespace

Page find(Connection& connection, Index& index, const Request& request) {
    const Snapshot snapshot(connection);
    const View view(connection, index, request.filter, View::Text::what_pays);
    const bool by_name = request.order == Order::name || request.order == Order::name_descending;
    return by_name ? find_by_name(view, request) : find_ranked(view, request);
}

std::int64_t count(Connection& connection, Index& index, const Filter& filter) {
    const Snapshot snapshot(connection);
    const View view(connection, index, filter, View::Text::all);
    auto matching = static_cast<std::int64_t>(view.loose().size());
    for (const LoadedSegment& segment : view.segments()) {
        const Scan scan(view, segment);
        scan.candidates().each([&](Slot slot) {
            const bool matches =
                scan.admits(slot) &&
                (filter.text().exact() || contains_text(view, scan.segment().file(slot)));
            matching += matches ? 1 : 0;
        });
    }
    return matching;
}

}  // namespace catalogd::catalog::search

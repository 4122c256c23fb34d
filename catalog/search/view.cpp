#include "catalog/search/view.h"

#include "catalog/search/notes.h"
#include "catalog/search/postings.h"

namespace catalogd::catalog::search {
namespace {

const Sql indexed_to_sql{"search.indexed_to", "SELECT indexed_to FROM summary WHERE only_row = 1"};
const Sql new_sql{"search.new",
                  "SELECT number, client, size, modified, verified, name, path FROM files "
                  "WHERE number > ?1"};
const Sql changed_sql{
    "search.changed",
    "SELECT c.file, f.number IS NOT NULL, f.client, f.size, f.modified, f.verified, f.name, f.path "
    "FROM search_changes c LEFT JOIN files f ON f.number = c.file"};

}  // namespace

View::View(Connection& connection, Index& index, const Filter& filter)
    : connection_(connection),
      filter_(filter),
      segments_(index.segments(connection)),
      gone_clients_(gone_clients(connection)) {
    std::int64_t indexed_to = 0;
    if (Run run(connection, indexed_to_sql); run.step()) {
        indexed_to = run.integer();
    }
    find_changed();
    find_new(indexed_to);
}

// A row of either statement, behind its file number; the name and the path are read last.
void View::look_at(Run& run, std::int64_t file) {
    Figures figures;
    figures.client = run.integer();
    figures.size = run.optional_integer();
    figures.modified = run.optional_integer();
    figures.verified = run.integer() != 0;
    if (!filter_.admits(figures)) {
        return;
    }
    const std::string name = run.text();
    if (filter_.admits(figures, name, run.text())) {
        loose_.push_back({file, figures});
    }
}

void View::find_changed() {
    Run run(connection_, changed_sql);
    while (run.step()) {
        const std::int64_t file = run.integer();
        changed_.insert(file);
        if (run.integer() != 0) {
            look_at(run, file);
        }
    }
}

void View::find_new(std::int64_t indexed_to) {
    Run run(connection_, new_sql, indexed_to);
    while (run.step()) {
        // One that was changed while it was being indexed is noted, too.
        if (const std::int64_t file = run.integer(); !changed_.contains(file)) {
            look_at(run, file);
        }
    }
}

Scan::Scan(const View& view, const LoadedSegment& loaded)
    : view_(view), segment_(loaded.segment.get()), candidates_(*loaded.alive) {
    if (const auto& extension = view.filter().extension()) {
        extension_ = segment_->extension(*extension);
    }
    for (const TextQuery::Range& range : view.filter().text().ranges()) {
        candidates_ &= find_documents(view.connection(), segment_->number(), range);
        if (candidates_.empty()) {
            break;
        }
    }
}

}  // namespace catalogd::catalog::search

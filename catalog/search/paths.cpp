#include "catalog/search/paths.h"

#include "catalog/search/postings.h"

namespace catalogd::catalog::search {
namespace {

const Sql path_sql{"search.path", "SELECT path FROM files WHERE number = ?1"};

std::string path_of(Connection& connection, std::int64_t file) {
    Run run(connection, path_sql, file);
    return run.step() ? run.text() : std::string();
}

}  // namespace

NamedPaths::NamedPaths(Connection& connection, Index& index, const CaseFolding& folding)
    : everything_(folding, {}), view_(connection, index, everything_, View::Text::all) {
    for (const LooseRecord& loose : view_.loose()) {
        loose_.insert(path_of(connection, loose.file));
    }
}

bool NamedPaths::contains(const std::string& path) const {
    if (loose_.contains(path)) {
        return true;
    }
    const Term term = path_term(path);
    for (const LoadedSegment& loaded : view_.segments()) {
        Bitmap documents =
            find_documents(view_.connection(), loaded.segment->number(), {term, term});
        documents &= *loaded.alive;
        bool found = false;
        // Another path may have the same term.
        documents.each([&](Slot slot) {
            found = found || (view_.stands(*loaded.segment, slot) &&
                              path_of(view_.connection(), loaded.segment->file(slot)) == path);
        });
        if (found) {
            return true;
        }
    }
    return false;
}

}  // namespace catalogd::catalog::search

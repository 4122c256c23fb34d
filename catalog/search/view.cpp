#include "catalog/search/view.h"

#include <algorithm>

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

// A range, and the documents of one segment that have a term of it.
struct Sample {
    TextQuery::Range range;
    Bitmap documents;
};

std::vector<Sample> sample(const TextQuery& text, Connection& connection,
                           const LoadedSegment& loaded) {
    std::vector<Sample> samples;
    for (const TextQuery::Range& range : text.ranges()) {
        samples.push_back({range, find_documents(connection, loaded.segment->number(), range)});
        samples.back().documents &= *loaded.alive;
    }
    std::ranges::sort(samples, {}, [](const Sample& one) { return one.documents.count(); });
    return samples;
}

}  // namespace

View::View(Connection& connection, Index& index, const Filter& filter, Text text)
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
    choose_text_ranges(text);
}

// By what the newest segment has. A range that leaves most documents in says little more than those
// before it, and of a text that many records have none is worth asking about: a page is soon full.
void View::choose_text_ranges(Text text) {
    constexpr std::int64_t few = 16;
    constexpr std::int64_t common = 4;  // one of so many has it
    if (segments().empty()) {
        return;
    }
    Bitmap documents = *segments().back().alive;
    const std::int64_t all = documents.count();
    std::int64_t left = all;
    for (const Sample& one : sample(filter_.text(), connection_, segments().back())) {
        documents &= one.documents;
        const std::int64_t count = documents.count();
        if (text == Text::all || count < few || count * 10 < left * 9) {
            text_ranges_.push_back(one.range);
            left = count;
        }
    }
    if (text == Text::what_pays && left * common > all) {
        text_ranges_.clear();
    }
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
    const std::string_view name = run.text_in_place();
    if (filter_.admits(figures, name, run.text_in_place())) {
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
    keep_figures();
    for (const TextQuery::Range& range : view.text_ranges()) {
        if (candidates_.empty()) {
            break;
        }
        candidates_ &= find_documents(view.connection(), segment_->number(), range);
    }
}

void Scan::keep_figures() {
    const Criteria& criteria = view_.filter().criteria();
    if (criteria.clients) {
        if (criteria.clients->size() == 1) {
            segment_->keep_client(candidates_, *criteria.clients->begin());
        } else {
            segment_->keep_clients(candidates_, *criteria.clients);
        }
    }
    segment_->keep_sizes(candidates_, criteria.size);
    segment_->keep_modified(candidates_, criteria.modified);
    if (criteria.verified) {
        segment_->keep_verified(candidates_, *criteria.verified);
    }
    if (const auto& extension = view_.filter().extension()) {
        segment_->keep_extension(candidates_, *extension);
    }
}

}  // namespace catalogd::catalog::search

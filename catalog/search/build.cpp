#include "catalog/search/build.h"

#include <algorithm>

#include "catalog/files.h"
#include "catalog/search/filter.h"
#include "catalog/search/notes.h"

namespace catalogd::catalog::search {
namespace {

const Sql changes_sql{"search.changes",
                      "SELECT file FROM search_changes WHERE file > 0 ORDER BY file LIMIT ?1"};
const Sql document_columns_of_changed{
    "search.changed_document",
    "SELECT number, client, size, modified, verified, name, path FROM files WHERE number = ?1"};
const Sql new_documents_sql{
    "search.new_documents",
    "SELECT number, client, size, modified, verified, name, path FROM files "
    "WHERE number > ?1 AND number <= ?2 ORDER BY number LIMIT ?3"};

// Collects one segment.
class Documents {
public:
    Documents(const CaseFolding& folding, const std::function<void()>& pause)
        : folding_(folding), pause_(pause) {}

    // A row of one of the statements above.
    std::int64_t add(Run& run) {
        const std::int64_t file = run.integer();
        Figures figures;
        figures.client = run.integer();
        figures.size = run.optional_integer();
        figures.modified = run.optional_integer();
        figures.verified = run.integer() != 0;
        const std::string name = run.text();
        const std::string path = run.text();
        const auto slot = static_cast<Slot>(segment_.size());
        folding_.fold(files::extension_of(name), folded_);
        segment_.add(file, figures, folded_);
        add_terms(slot, name, path);
        pause_();
        return file;
    }
    [[nodiscard]] std::size_t size() const { return segment_.size(); }
    void take(Step& step) const {
        step.documents = segment_.size();
        if (step.documents > 0) {
            step.columns = segment_.columns();
            step.terms = postings_.rows(pause_);
        }
    }

private:
    void add_terms(Slot slot, const std::string& name, const std::string& path) {
        terms_.clear();
        folding_.fold(path, folded_);
        append_terms(folded_, terms_);
        if (!path.ends_with(name)) {  // whose terms would be the same
            folding_.fold(name, folded_);
            append_terms(folded_, terms_);
        }
        terms_.push_back(path_term(path));
        for (const Term term : terms_) {
            postings_.add(slot, term);
        }
    }

    const CaseFolding& folding_;
    const std::function<void()>& pause_;
    SegmentBuilder segment_;
    PostingsBuilder postings_;
    std::vector<Term> terms_;  // memory that is used again, as is the next
    std::string folded_;
};

// The document of this file that stood for its record, in whichever segment it is.
void kill(const Segments& segments, std::int64_t file, Step& step) {
    for (auto segment = segments.loaded.rbegin(); segment != segments.loaded.rend(); ++segment) {
        const auto slot = segment->segment->find(file);
        if (slot && segment->alive->test(*slot)) {
            step.dead[segment->segment->number()].push_back(*slot);
            return;
        }
    }
}

void kill_all_of(const Segments& segments, const std::unordered_set<std::int64_t>& clients,
                 Step& step) {
    for (const LoadedSegment& loaded : segments.loaded) {
        loaded.alive->each([&](Slot slot) {
            if (clients.contains(loaded.segment->client(slot))) {
                step.dead[loaded.segment->number()].push_back(slot);
            }
        });
    }
}

std::vector<std::int64_t> numbers(Run& run) {
    std::vector<std::int64_t> found;
    while (run.step()) {
        found.push_back(run.integer());
    }
    return found;
}

// Changed records get a new document in the place of the old one; deleted ones only lose it.
void follow_changes(Connection& connection, const Segments& segments, std::int64_t indexed_to,
                    Documents& documents, Step& step) {
    Run changes(connection, changes_sql, static_cast<std::int64_t>(segment_capacity));
    const auto followed = numbers(changes);
    for (const std::int64_t file : followed) {
        if (file > indexed_to) {
            continue;  // it is still to come, as it is now
        }
        kill(segments, file, step);
        if (Run run(connection, document_columns_of_changed, file); run.step()) {
            documents.add(run);
        }
    }
    step.followed_to = followed.empty() ? 0 : followed.back();
    step.follows_every_change = followed.size() < segment_capacity;
}

}  // namespace

Step build(Connection& connection, Index& index, const CaseFolding& folding, std::int64_t up_to,
           const std::function<void()>& pause) {
    const Snapshot snapshot(connection);
    const Summary summary = read_summary(connection);
    const auto segments = index.segments(connection);
    Step step;
    step.built_on = segments->state;
    step.change = summary.index.last_change;
    step.indexed_to = summary.index.indexed_to;
    Documents documents(folding, pause);
    follow_changes(connection, *segments, step.indexed_to, documents, step);
    if (const auto clients = gone_clients(connection); !clients.empty()) {
        kill_all_of(*segments, clients, step);
    }
    const auto room = static_cast<std::int64_t>(segment_capacity - documents.size());
    const std::size_t before = documents.size();
    {
        Run run(connection, new_documents_sql, step.indexed_to, up_to, room);
        while (run.step()) {
            step.indexed_to = documents.add(run);
        }
    }
    if (documents.size() - before < static_cast<std::size_t>(room)) {
        // The last ones may have been deleted.
        step.indexed_to = std::max(step.indexed_to, std::min(up_to, summary.last_number));
    }
    documents.take(step);
    return step;
}

}  // namespace catalogd::catalog::search

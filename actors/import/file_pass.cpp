#include "actors/import/file_pass.h"

#include "actors/import/merge.h"
#include "catalog/import/old_columns.h"

namespace catalogd::actors::import {
namespace {

using catalog::import::OldCells;
using catalog::import::OldFile;
using catalog::import::Outcome;

// Some milliseconds of the writer's time, and little of its mailbox.
constexpr std::size_t slice_files = 100;
constexpr std::size_t slice_bytes = std::size_t{256} << 10;

OldCells cells_of(const OldFile& row) {
    return catalog::import::cells_of(catalog::import::file_columns, row);
}

std::size_t bytes_of(const catalog::FileRecord& file) {
    return file.name.size() + file.path.size() + file.attributes.value_or("").size();
}

class FilePass {
public:
    FilePass(Course& course, const KnownClients& known) : course_(course), known_(known) {
        table_.table = "files";
    }

    void read(OldFile row) {
        course_.row_read(table_);
        const auto owner = read_id(row.client);
        if (!owner || !known_.there.contains(*owner)) {
            const bool refused = known_.set_aside.contains(row.client.bytes);
            course_.set_aside(table_, refused ? Reason::client_set_aside : Reason::orphan,
                              cells_of(row));
            return;
        }
        ReadFile read = read_file(row, course_.surroundings().offset_at);
        if (read.refused) {
            course_.set_aside(table_, *read.refused, cells_of(row));
            return;
        }
        course_.set_aside(table_, read.remarks, {{"ClientID", row.client}, {"FileName", row.name}});
        if (!same_.empty() && (owner_ != *owner || same_.front().name != read.file.name)) {
            end_group();
        }
        owner_ = *owner;
        same_.push_back(std::move(read.file));
        group_.push_back(std::move(row));
    }

    void finish() {
        if (!same_.empty()) {
            end_group();
        }
        settle();
        course_.tally().tables.push_back(std::move(table_));
    }

private:
    // The rows of one client and name make one record.
    void end_group() {
        slice_.files.push_back({owner_, merge(std::exchange(same_, {}))});
        rows_.push_back(std::exchange(group_, {}));
        bytes_ += bytes_of(slice_.files.back().file);
        if (rows_.size() >= slice_files || bytes_ >= slice_bytes) {
            settle();
        }
    }

    void settle() {
        if (rows_.empty()) {
            return;
        }
        const auto outcomes = course_.surroundings().place(std::exchange(slice_, {}));
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            count(outcomes[i], rows_[i]);
        }
        rows_.clear();
        bytes_ = 0;
    }

    void count(Outcome outcome, const std::vector<OldFile>& rows) {
        const auto size = static_cast<std::int64_t>(rows.size());
        if (outcome == Outcome::imported) {
            ++table_.imported;
            table_.merged += size - 1;
        } else if (outcome == Outcome::present) {
            table_.present += size;
        } else {
            for (const OldFile& row : rows) {  // somebody has deleted the client meanwhile
                course_.set_aside(table_, Reason::orphan, cells_of(row));
            }
        }
    }

    Course& course_;
    const KnownClients& known_;
    TableTally table_;
    catalog::Id owner_{};                    // of the group
    std::vector<catalog::FileRecord> same_;  // the group's records
    std::vector<OldFile> group_;             // its rows
    catalog::import::Slice slice_;
    std::vector<std::vector<OldFile>> rows_;  // of each record of the slice
    std::size_t bytes_ = 0;                   // of the slice
};

}  // namespace

void pass_files(catalog::import::OldDatabase& old, Course& course, const KnownClients& known) {
    FilePass pass(course, known);
    old.files([&](OldFile row) { pass.read(std::move(row)); });
    pass.finish();
}

}  // namespace catalogd::actors::import

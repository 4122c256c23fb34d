#include "actors/import/client_pass.h"

#include "catalog/import/old_columns.h"

namespace catalogd::actors::import {
namespace {

using catalog::import::OldCells;
using catalog::import::OldClient;
using catalog::import::Outcome;

constexpr std::size_t slice_clients = 64;  // some milliseconds of the writer's time

OldCells cells_of(const OldClient& row) {
    return catalog::import::cells_of(catalog::import::client_columns, row);
}

class ClientPass {
public:
    explicit ClientPass(Course& course) : course_(course) { table_.table = "clients"; }

    void read(OldClient row) {
        course_.row_read(table_);
        ReadClient read = read_client(row, course_.surroundings().offset_at);
        if (!read.refused && !seen_.insert(read.client.id).second) {
            read.refused = Reason::second_identifier;
        }
        if (read.refused) {
            set_aside(row, *read.refused);
            return;
        }
        course_.set_aside(table_, read.remarks, {{"ID", row.id}, {"Name", row.name}});
        if (read.session_key) {
            read.client.client.sealed_key =
                course_.surroundings().sealer.seal(*read.session_key, read.client.id);
        }
        slice_.clients.push_back(std::move(read.client));
        rows_.push_back(std::move(row));
        if (rows_.size() >= slice_clients) {
            settle();
        }
    }

    KnownClients finish() {
        settle();
        course_.tally().tables.push_back(std::move(table_));
        return std::move(known_);
    }

private:
    void settle() {
        if (rows_.empty()) {
            return;
        }
        const auto outcomes = course_.surroundings().place(std::exchange(slice_, {}));
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            if (outcomes[i] == Outcome::name_taken) {
                set_aside(rows_[i], Reason::name_taken);
                continue;
            }
            ++(outcomes[i] == Outcome::imported ? table_.imported : table_.present);
            known_.there.insert(read_id(rows_[i].id).value());
        }
        rows_.clear();
    }

    void set_aside(const OldClient& row, Reason reason) {
        course_.set_aside(table_, reason, cells_of(row));
        // A second row of an identifier takes nothing from the first one's files.
        if (reason != Reason::second_identifier) {
            known_.set_aside.insert(row.id.bytes);
        }
    }

    Course& course_;
    TableTally table_;
    KnownClients known_;
    std::set<catalog::Id> seen_;
    catalog::import::Slice slice_;
    std::vector<OldClient> rows_;  // of the slice
};

}  // namespace

KnownClients pass_clients(catalog::import::OldDatabase& old, Course& course) {
    ClientPass pass(course);
    old.clients([&](OldClient row) { pass.read(std::move(row)); });
    return pass.finish();
}

}  // namespace catalogd::actors::import
